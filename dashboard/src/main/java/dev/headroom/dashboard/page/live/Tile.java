package dev.headroom.dashboard.page.live;

import dev.headroom.dashboard.page.Activity;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.LineChart;
import java.util.List;

/**
 * A service in this moment, as texts: page and stream show the same record, so they cannot disagree.
 *
 * @param rateLine requests per second of the last minutes, a path in a square of 1000 by 100
 * @param p95Line the same of p95
 */
public record Tile(
        String service,
        String rate,
        String p50,
        String p95,
        String p99,
        String errors,
        String errorShare,
        String hitRatio,
        String rateLine,
        String p95Line) {
    /** @param ratePerSecond requests of all JVMs together; NaN when nobody reported */
    public static Tile of(
            String service, Activity activity, double ratePerSecond, List<Double> rates, List<Double> p95s) {
        return new Tile(
                service,
                Figures.number(ratePerSecond),
                Figures.duration(activity.quantileMs(0.50)),
                Figures.duration(activity.quantileMs(0.95)),
                Figures.duration(activity.quantileMs(0.99)),
                Figures.count(activity.errors()),
                Figures.percent(activity.errorShare()),
                Figures.percent(activity.hitRatio()),
                LineChart.spark(rates),
                LineChart.spark(p95s));
    }
}
