package dev.headroom.dashboard.page.routes;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.economics.RequestWork;
import dev.headroom.dashboard.economics.Shares;
import dev.headroom.dashboard.operations.Rows.Route;
import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.SharesTable;
import dev.headroom.dashboard.page.WorkTable;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** What an open row of a route shows. Thread-safe; blocks on the store. */
@Component
final class RouteDetails {
    private final Distributions distributions;
    private final Shares shares;
    private final RequestWork work;
    private final RouteTime time;

    RouteDetails(Distributions distributions, Shares shares, RequestWork work, RouteTime time) {
        this.distributions = distributions;
        this.shares = shares;
        this.work = work;
        this.time = time;
    }

    Detail of(Frame frame, String service, TimeRange range, Route row) {
        Predicate<SeriesKey> matching = key -> row.method().equals(key.get(Attribute.HTTP_METHOD))
                && row.route().equals(key.get(Attribute.HTTP_ROUTE));
        return new Detail(
                        row.name(),
                        false,
                        List.of(
                                new Detail.Fact("4xx", Figures.count(row.status4xx())),
                                new Detail.Fact("5xx", Figures.count(row.status5xx()))),
                        distributions.of(service, Metric.HTTP_SERVER_DURATION, range, row.name(), matching),
                        List.of(
                                SharesTable.ofRoute(shares.of(service, range, row.name(), null)),
                                WorkTable.of(work.of(service, range, row.name()))),
                        List.of(
                                new Detail.Fact(
                                        "Budgets of this route", frame.to("/", "service", service, "q", row.route())),
                                new Detail.Fact(
                                        "Examples of this",
                                        frame.to("/examples", "service", service, "route", row.name()))))
                .over(distributions.over(frame, service, Metric.HTTP_SERVER_DURATION, row.name(), matching))
                .spent(time.of(frame, service, row));
    }
}
