package dev.headroom.dashboard.page.service;

import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.operations.Rows;
import dev.headroom.dashboard.operations.Timing;
import dev.headroom.dashboard.page.Cell;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.ListRows;
import dev.headroom.dashboard.page.TimingColumns;
import java.util.List;
import java.util.function.Function;

/** What costs a service most: the first rows of each list. Stateless. */
final class ServiceTops {
    private static final int MOST = 5;

    private ServiceTops() {}

    static List<ServicePage.Top> of(String service, Frame frame, Operations.Together operations) {
        return List.of(
                timed(
                        frame,
                        "Routes",
                        "/routes",
                        service,
                        operations.routes().items(),
                        Rows.Route::timing,
                        row -> Cell.tagged(row.method(), row.route()),
                        Rows.Route::name),
                timed(
                        frame,
                        "Statements",
                        "/queries",
                        service,
                        operations.queries().items(),
                        Rows.Query::timing,
                        row -> Cell.code(null, row.name()),
                        row -> row.fingerprint().isEmpty() ? row.name() : row.fingerprint()),
                new ServicePage.Top(
                        "Caches",
                        frame.to("/caches", "service", service),
                        List.of("Key pattern", "Hit ratio", "Lookups", "p95 ms"),
                        operations.caches().items().stream()
                                .limit(MOST)
                                .map(row -> new ListRows.Leading(
                                        open(frame, "/caches", service, row.name()),
                                        List.of(
                                                Cell.code(null, row.name()),
                                                row.hitRatio() == null
                                                        ? Cell.number(Figures.NONE)
                                                        : Cell.share(row.hitRatio()),
                                                Cell.number(Figures.count(row.hits() + row.misses())),
                                                Cell.number(Figures.number(
                                                        row.timing().p95Ms())))))
                                .toList()),
                new ServicePage.Top(
                        "Pools",
                        frame.to("/pools", "service", service),
                        List.of("Pool", "In use", "Max", "wait p95 ms"),
                        operations.pools().items().stream()
                                .limit(MOST)
                                .map(row -> new ListRows.Leading(
                                        open(frame, "/pools", service, row.name()),
                                        List.of(
                                                Cell.text(row.name()),
                                                Cell.number(Figures.number(row.used())),
                                                Cell.number(Figures.number(row.max())),
                                                Cell.number(Figures.number(row.waitP95Ms())))))
                                .toList()),
                timed(
                        frame,
                        "Calls out",
                        "/calls",
                        service,
                        operations.calls().items(),
                        Rows.Call::timing,
                        row -> Cell.text(row.name()),
                        Rows.Call::name));
    }

    private static <T> ServicePage.Top timed(
            Frame frame,
            String title,
            String path,
            String service,
            List<T> rows,
            Function<T, Timing> timing,
            Function<T, Cell> name,
            Function<T, String> id) {
        double all = TimingColumns.allMs(rows, timing);
        return new ServicePage.Top(
                title,
                frame.to(path, "service", service),
                List.of(title, "Time", "/s", "p95 ms"),
                rows.stream()
                        .limit(MOST)
                        .map(row -> new ListRows.Leading(
                                open(frame, path, service, id.apply(row)),
                                List.of(
                                        name.apply(row),
                                        Cell.share(TimingColumns.share(timing.apply(row), all)),
                                        Cell.number(
                                                Figures.number(timing.apply(row).ratePerSecond())),
                                        Cell.number(
                                                Figures.number(timing.apply(row).p95Ms())))))
                        .toList());
    }

    private static String open(Frame frame, String path, String service, String id) {
        return frame.to(path, "service", service, "open", id) + "#open";
    }
}
