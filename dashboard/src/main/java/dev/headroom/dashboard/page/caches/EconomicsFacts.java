package dev.headroom.dashboard.page.caches;

import dev.headroom.dashboard.economics.Economics;
import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Figures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cache is worth, in words. Stateless. */
final class EconomicsFacts {
    private EconomicsFacts() {}

    static List<Detail.Fact> of(Economics worth) {
        List<Detail.Fact> facts = new ArrayList<>();
        Economics.Miss miss = worth.miss();
        if (miss != null) {
            facts.add(new Detail.Fact(
                    "a miss costs",
                    counted(miss.sqlCalls(), "statement") + ", " + Figures.duration(miss.sqlMs()) + ", and "
                            + counted(miss.httpCalls(), "HTTP call") + ", " + Figures.duration(miss.httpMs())
                            + ", in " + counted(miss.examples(), "example")));
        }
        Economics.Lifetimes lifetimes = worth.lifetimes();
        if (lifetimes != null) {
            facts.add(new Detail.Fact("lifetimes", lifetimes(lifetimes)));
        }
        Economics.Values values = worth.values();
        if (values != null) {
            facts.add(new Detail.Fact(
                    "values",
                    "half have " + Figures.bytes(values.p50Bytes()) + " or less, p99 "
                            + Figures.bytes(values.p99Bytes()) + ", the largest " + Figures.bytes(values.maxBytes())));
        }
        for (String assumption : worth.assumptions()) {
            facts.add(new Detail.Fact("taken for granted", assumption));
        }
        return facts;
    }

    private static String counted(double number, String one) {
        return Figures.number(number) + " " + one + (number == 1 ? "" : "s");
    }

    private static String lifetimes(Economics.Lifetimes of) {
        String endless = of.endless() == 0 ? "" : Figures.count(of.endless()) + " entries without one";
        if (of.p5Seconds() == null || of.p50Seconds() == null || of.p95Seconds() == null) {
            return endless;
        }
        return (endless.isEmpty() ? "" : endless + "; ") + "half " + seconds(of.p50Seconds())
                + " or less, nine of ten between " + seconds(of.p5Seconds()) + " and " + seconds(of.p95Seconds());
    }

    private static String seconds(double seconds) {
        return Figures.duration(1000 * seconds);
    }

    /** Cached beside uncached requests of each route. */
    static Detail.Table routes(Economics worth) {
        return new Detail.Table(
                "Routes that look it up, cached and uncached",
                List.of(
                        "Route",
                        "Cached",
                        "p50",
                        "p95",
                        "Uncached",
                        "p50",
                        "p95",
                        "Times faster",
                        "p95 at 80 % hits, about"),
                worth.routes().stream()
                        .map(route -> List.of(
                                route.route(),
                                count(route.cached()),
                                duration(
                                        route.cached() == null
                                                ? null
                                                : route.cached().p50Ms()),
                                duration(
                                        route.cached() == null
                                                ? null
                                                : route.cached().p95Ms()),
                                count(route.uncached()),
                                duration(
                                        route.uncached() == null
                                                ? null
                                                : route.uncached().p50Ms()),
                                duration(
                                        route.uncached() == null
                                                ? null
                                                : route.uncached().p95Ms()),
                                route.speedUp() == null ? Figures.NONE : Figures.number(route.speedUp()),
                                duration(route.p95AtEightyPercent())))
                        .toList());
    }

    private static String count(Economics.@Nullable Times times) {
        return times == null ? Figures.NONE : Figures.count(times.requests());
    }

    private static String duration(@Nullable Double millis) {
        return millis == null ? Figures.NONE : Figures.duration(millis);
    }
}
