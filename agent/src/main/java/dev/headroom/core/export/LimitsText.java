package dev.headroom.core.export;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Limits;
import java.util.EnumMap;
import java.util.Map;

/**
 * The limits that the dashboard hands over: a line {@code version <v>}, then for each metric {@code <name> <nanos> <nanos> ...},
 * ascending and inclusive. Metrics unknown here (a newer dashboard's) are passed over. Immutable and thread-safe.
 */
final class LimitsText {
    private final String version;
    private final Map<Metric, Limits> limits;

    private LimitsText(String version, Map<Metric, Limits> limits) {
        this.version = version;
        this.limits = limits;
    }

    /** @throws IllegalArgumentException naming the line and what is wrong with it */
    static LimitsText parse(String text) {
        String[] lines = text.split("\n", -1);
        String first = lines[0].trim();
        if (!first.startsWith("version ")) {
            throw new IllegalArgumentException("line 1 is \"" + first + "\", expected \"version <v>\"");
        }
        Map<Metric, Limits> limits = new EnumMap<>(Metric.class);
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].trim();
            if (!line.isEmpty()) {
                String[] words = line.split(" +", -1);
                Metric metric = Metric.named(words[0]);
                if (metric != null && metric.kind() == Metric.Kind.DURATION) {
                    limits.put(metric, new Limits(nanos(words, i + 1)));
                }
            }
        }
        return new LimitsText(first.substring("version ".length()).trim(), limits);
    }

    private static long[] nanos(String[] words, int line) {
        long[] nanos = new long[words.length - 1];
        if (nanos.length > Limits.MAX) {
            throw new IllegalArgumentException(
                    "line " + line + " has " + nanos.length + " limits, expected at most " + Limits.MAX);
        }
        for (int i = 0; i < nanos.length; i++) {
            try {
                nanos[i] = Long.parseLong(words[i + 1]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "line " + line + " has \"" + words[i + 1] + "\", expected whole nanoseconds", e);
            }
            if (nanos[i] < 0 || (i > 0 && nanos[i] <= nanos[i - 1])) {
                throw new IllegalArgumentException("line " + line + " has " + nanos[i] + " after "
                        + (i == 0 ? "nothing" : "" + nanos[i - 1]) + ", expected ascending limits from 0");
            }
        }
        return nanos;
    }

    String version() {
        return version;
    }

    /** {@link Limits#NONE} for metrics without a budget. */
    Limits of(Metric metric) {
        Limits known = limits.get(metric);
        return known == null ? Limits.NONE : known;
    }
}
