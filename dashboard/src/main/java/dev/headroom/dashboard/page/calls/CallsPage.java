package dev.headroom.dashboard.page.calls;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.operations.Rows.Call;
import dev.headroom.dashboard.page.Cell;
import dev.headroom.dashboard.page.Column;
import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.ListPage;
import dev.headroom.dashboard.page.TimingColumns;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which dependency hurts. */
final class CallsPage {
    private CallsPage() {}

    static ListPage of(Frame frame, Listing<Call> listing, Distributions distributions) {
        List<Column<Call>> columns = new ArrayList<>();
        columns.add(Column.text(
                "name", "Peer", "Host and port called", Call::name, row -> Cell.tagged(row.method(), row.name())));
        columns.addAll(TimingColumns.load(Call::timing, TimingColumns.allMs(listing.items(), Call::timing)));
        columns.addAll(TimingColumns.speed(Call::timing));
        ListPage.Shape<Call> shape = new ListPage.Shape<>("peers", columns, "time", Call::name, Call::name);
        TimeRange range = new TimeRange(listing.from(), listing.to());
        return ListPage.of(frame, shape, listing, row -> detail(frame, listing.service(), range, row, distributions));
    }

    private static Detail detail(Frame frame, String service, TimeRange range, Call row, Distributions distributions) {
        return new Detail(
                row.name(),
                false,
                List.of(
                        new Detail.Fact("methods", row.method()),
                        new Detail.Fact(
                                "answered well",
                                Figures.count(
                                        row.timing().count() - row.timing().errors()))),
                distributions.of(
                        service,
                        Metric.HTTP_CLIENT_DURATION,
                        range,
                        row.name(),
                        key -> row.address().equals(key.get(Attribute.SERVER_ADDRESS))
                                && Objects.equals(row.port(), key.get(Attribute.SERVER_PORT))),
                List.of(new Detail.Fact("Budgets of this peer", frame.to("/", "service", service, "q", row.name()))));
    }
}
