package dev.headroom.dashboard.page.routes;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.economics.Shares;
import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.operations.Rows.Route;
import dev.headroom.dashboard.page.Cell;
import dev.headroom.dashboard.page.Column;
import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.ListPage;
import dev.headroom.dashboard.page.SharesTable;
import dev.headroom.dashboard.page.TimingColumns;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which route costs most. */
final class RoutesPage {
    private RoutesPage() {}

    static ListPage of(
            Frame frame, Listing<Route> listing, Distributions distributions, Shares shares, RouteTime time) {
        List<Column<Route>> columns = new ArrayList<>();
        columns.add(Column.text(
                "name",
                "Route",
                "Method and route template",
                Route::route,
                row -> Cell.tagged(row.method(), row.route())));
        columns.addAll(TimingColumns.load(Route::timing, TimingColumns.allMs(listing.items(), Route::timing)));
        columns.add(Column.number(
                "4xx",
                "4xx",
                "Answers that blame the client",
                Route::status4xx,
                row -> Cell.number(count(row.status4xx()))));
        columns.add(Column.figure("sql", "SQL", "SQL statements of a request, on average", Route::statements));
        columns.add(Column.figure(
                "repeated",
                "repeats",
                "Most runs of one SELECT within one request: many mean rows loaded one by one",
                Route::repeated));
        columns.addAll(TimingColumns.speed(Route::timing));
        ListPage.Shape<Route> shape = new ListPage.Shape<>("routes", columns, "time", Route::name, Route::name);
        TimeRange range = new TimeRange(listing.from(), listing.to());
        return ListPage.of(
                frame,
                shape,
                listing,
                row -> detail(frame, listing.service(), range, row, distributions, shares, time));
    }

    private static String count(long n) {
        return Figures.count(n);
    }

    private static Detail detail(
            Frame frame,
            String service,
            TimeRange range,
            Route row,
            Distributions distributions,
            Shares shares,
            RouteTime time) {
        Predicate<SeriesKey> matching = key -> row.method().equals(key.get(Attribute.HTTP_METHOD))
                && row.route().equals(key.get(Attribute.HTTP_ROUTE));
        return new Detail(
                        row.name(),
                        false,
                        List.of(
                                new Detail.Fact("4xx", count(row.status4xx())),
                                new Detail.Fact("5xx", count(row.status5xx()))),
                        distributions.of(service, Metric.HTTP_SERVER_DURATION, range, row.name(), matching),
                        List.of(SharesTable.ofRoute(shares.of(service, range, row.name(), null))),
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
