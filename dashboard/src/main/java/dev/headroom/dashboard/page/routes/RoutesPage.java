package dev.headroom.dashboard.page.routes;

import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.operations.Rows.Route;
import dev.headroom.dashboard.page.Cell;
import dev.headroom.dashboard.page.Column;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.ListPage;
import dev.headroom.dashboard.page.TimingColumns;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.List;

/** Which route costs most. */
final class RoutesPage {
    private RoutesPage() {}

    static ListPage of(Frame frame, Listing<Route> listing, RouteDetails details) {
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
        return ListPage.of(frame, shape, listing, row -> details.of(frame, listing.service(), range, row));
    }

    private static String count(long n) {
        return Figures.count(n);
    }
}
