package dev.headroom.dashboard.page.live;

import dev.headroom.dashboard.page.Activity;
import dev.headroom.dashboard.page.Figures;
import java.time.Instant;

/** An operation of one window, as texts for page and stream. */
public record TailRow(
        String at, String service, String kind, String name, String count, String errors, String p95, String max) {
    public static TailRow of(Instant windowEnd, String service, Activity.Row row) {
        return new TailRow(
                Figures.clock(windowEnd),
                service,
                row.kind(),
                row.name(),
                Figures.count(row.count()),
                row.errors() == 0 ? "" : Figures.count(row.errors()),
                Figures.number(row.p95Ms()),
                Figures.number(row.maxMs()));
    }
}
