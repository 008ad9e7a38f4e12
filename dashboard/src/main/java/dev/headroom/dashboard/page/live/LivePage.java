package dev.headroom.dashboard.page.live;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.page.Activity;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The newest window of every shown service, and the operations in it that took longest. */
public record LivePage(List<Tile> tiles, List<TailRow> tail, String filter) {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Set<String> METRICS = Set.of(
            Metric.HTTP_SERVER_DURATION.metricName(),
            Metric.HTTP_CLIENT_DURATION.metricName(),
            Metric.DB_DURATION.metricName(),
            Metric.CACHE_GETS.metricName());
    private static final Duration SPARK = Duration.ofMinutes(5);
    /** Rows of one window. */
    public static final int ROWS = 20;

    static LivePage of(Frame frame, MetricStore store) {
        List<Tile> tiles = new ArrayList<>();
        List<TailRow> tail = new ArrayList<>();
        String chosen = frame.service();
        // Windows end on whole multiples of their length; slices that begin between two would hold none.
        long millis = WINDOW.toMillis();
        Instant end = Instant.ofEpochMilli(frame.now().toEpochMilli() / millis * millis);
        for (String service : frame.services()) {
            if (chosen == null || chosen.equals(service)) {
                List<Double> rates = new ArrayList<>();
                List<Double> p95s = new ArrayList<>();
                Activity newest = new Activity();
                double rate = Double.NaN;
                List<TailRow> rows = List.of();
                for (Reading slice :
                        store.slices(new Selection(service, METRICS, TimeRange.upTo(end, SPARK), false), WINDOW)) {
                    Activity activity = new Activity();
                    slice.series().forEach(series -> activity.add(series.key(), series.value()));
                    boolean silent = slice.windows() == 0;
                    rates.add(
                            silent
                                    ? Double.NaN
                                    : activity.count() / slice.range().seconds());
                    p95s.add(activity.quantileMs(0.95));
                    if (!silent) {
                        newest = activity;
                        rate = activity.count() / slice.range().seconds();
                        Instant at = slice.range().to();
                        rows = activity.slowest(ROWS).stream()
                                .map(row -> TailRow.of(at, service, row))
                                .toList();
                    }
                }
                tiles.add(Tile.of(service, newest, rate, rates, p95s));
                tail.addAll(rows);
            }
        }
        return new LivePage(tiles, tail, frame.parameter("q").strip());
    }
}
