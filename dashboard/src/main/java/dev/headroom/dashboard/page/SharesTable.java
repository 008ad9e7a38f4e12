package dev.headroom.dashboard.page;

import dev.headroom.dashboard.economics.Shares;
import java.util.List;
import java.util.function.Function;

/** The cross table of routes and statements, seen from either side. Stateless. */
public final class SharesTable {
    private SharesTable() {}

    /** The statements of a route. */
    public static Detail.Table ofRoute(List<Shares.Cell> cells) {
        return table("Statements of this route", "Statement", cells, Shares.Cell::text);
    }

    /** The routes of a statement. */
    public static Detail.Table ofStatement(List<Shares.Cell> cells) {
        return table("Routes that run this statement", "Route", cells, Shares.Cell::route);
    }

    private static Detail.Table table(
            String caption, String first, List<Shares.Cell> cells, Function<Shares.Cell, String> name) {
        return new Detail.Table(
                caption + by(cells),
                List.of(first, "Calls per request", "Time per request", "Share of the time", "Requests"),
                cells.stream()
                        .map(cell -> List.of(
                                name.apply(cell),
                                Figures.number(cell.callsPerRequest()),
                                Figures.duration(cell.msPerRequest()),
                                Figures.percent(cell.share()),
                                Figures.count(cell.requests())))
                        .toList());
    }

    private static String by(List<Shares.Cell> cells) {
        if (cells.stream().allMatch(cell -> cell.basis() == Shares.Basis.COUNTED)) {
            return ", counted in every request";
        }
        boolean normal = cells.stream().allMatch(cell -> cell.basis() == Shares.Basis.NORMAL_EXAMPLES);
        return normal ? ", by examples of normal requests" : ", by kept examples, slow ones above all";
    }
}
