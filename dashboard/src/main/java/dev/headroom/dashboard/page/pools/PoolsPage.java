package dev.headroom.dashboard.page.pools;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.operations.Rows.Pool;
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

/** Whether a pool is the bottleneck. */
final class PoolsPage {
    private PoolsPage() {}

    static ListPage of(Frame frame, Listing<Pool> listing, Distributions distributions) {
        List<Column<Pool>> columns = new ArrayList<>();
        columns.add(Column.text("name", "Pool", "Name of the pool", Pool::name, row -> Cell.text(row.name())));
        columns.add(Column.number(
                "used",
                "In use",
                "Connections in use at the newest reading, of those allowed",
                Pool::used,
                PoolsPage::use));
        columns.add(Column.figure("idle", "Idle", "Idle connections at the newest reading", Pool::idle));
        columns.add(Column.figure("max", "Max", "Connections allowed", Pool::max));
        columns.add(Column.figure(
                "pending", "Waiting", "Threads waiting for a connection at the newest reading", Pool::pending));
        columns.add(Column.figure(
                "wait", "wait p95 ms", "95 of 100 waits for a connection were at most this long", Pool::waitP95Ms));
        columns.add(Column.number(
                "timeouts", "Timeouts", "Waits that gave up", Pool::timeouts, row -> Cell.bad(row.timeouts())));
        columns.add(Column.number(
                "count",
                "Uses",
                "Connections borrowed and given back",
                row -> row.timing().count(),
                row -> Cell.number(Figures.count(row.timing().count()))));
        columns.add(Column.figure(
                "rate", "/s", "Per second over the range", row -> row.timing().ratePerSecond()));
        columns.addAll(TimingColumns.speed(Pool::timing).subList(0, 4));
        ListPage.Shape<Pool> shape = new ListPage.Shape<>("pools", columns, "used", Pool::name, Pool::name);
        TimeRange range = new TimeRange(listing.from(), listing.to());
        return ListPage.of(frame, shape, listing, row -> detail(frame, listing.service(), range, row, distributions));
    }

    private static Detail detail(Frame frame, String service, TimeRange range, Pool row, Distributions distributions) {
        return new Detail(
                row.name(),
                false,
                List.of(new Detail.Fact("shown", "time between borrowing a connection and giving it back")),
                distributions.of(
                        service,
                        Metric.POOL_USE,
                        range,
                        row.name(),
                        key -> row.name().equals(key.get(Attribute.POOL_NAME))),
                List.of(new Detail.Fact("Budgets of this pool", frame.to("/", "service", service, "q", row.name()))));
    }

    private static Cell use(Pool row) {
        Double used = row.used();
        Double max = row.max();
        Double share = used == null || max == null || max == 0 ? null : used / max;
        return new Cell(
                Figures.number(used),
                "n share",
                null,
                share,
                share == null ? null : Figures.percent(share) + " of those allowed");
    }
}
