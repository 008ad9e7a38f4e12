package dev.headroom.core.export;

import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import dev.headroom.core.record.Limits;
import dev.headroom.core.record.Recorder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the dashboard orders, a line each after {@code version <v>}:
 *
 * <pre>
 * http.server.request.duration 99999999 250000000   a metric's budget limits, ascending and inclusive nanoseconds,
 *                                                   or billionths of another unit
 * detail counts-only                                a word of {@link Detail}; without the line, all
 * off jedis                                         a hook to switch off
 * option slow.sql.ms 200                            a number under a name
 * </pre>
 *
 * What is not said is not ordered. Lines with another first word, a newer dashboard's, are passed over. Immutable and thread-safe.
 */
final class OrdersText {
    private final String version;
    private final Map<Metric, Limits> limits = new EnumMap<>(Metric.class);
    private final Set<String> hooksOff = new HashSet<>();
    private final Map<String, Double> options = new HashMap<>();
    private Detail detail = Detail.ALL;

    private OrdersText(String version) {
        this.version = version;
    }

    /** @throws IllegalArgumentException naming the line and what is wrong with it */
    static OrdersText parse(String text) {
        String[] lines = text.split("\n", -1);
        String first = lines[0].trim();
        if (!first.startsWith("version ")) {
            throw new IllegalArgumentException("line 1 is \"" + first + "\", expected \"version <v>\"");
        }
        OrdersText orders = new OrdersText(first.substring("version ".length()).trim());
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].trim();
            if (!line.isEmpty()) {
                orders.add(line.split(" +", -1), i + 1);
            }
        }
        return orders;
    }

    private void add(String[] words, int line) {
        switch (words[0]) {
            case "detail":
                detail = detail(words, line);
                break;
            case "off":
                expect(words, 2, line, "\"off <hook>\"");
                hooksOff.add(words[1]);
                break;
            case "option":
                expect(words, 3, line, "\"option <name> <number>\"");
                options.put(words[1], number(words[2], line));
                break;
            default:
                Metric metric = Metric.named(words[0]);
                if (metric != null && metric.kind().distribution()) {
                    limits.put(metric, new Limits(nanos(words, line)));
                }
        }
    }

    private static Detail detail(String[] words, int line) {
        expect(words, 2, line, "\"detail <level>\"");
        Detail known = Detail.named(words[1]);
        if (known == null) {
            throw new IllegalArgumentException("line " + line + " has detail \"" + words[1] + "\", expected one of "
                    + String.join(", ", Detail.words()));
        }
        return known;
    }

    private static void expect(String[] words, int count, int line, String form) {
        if (words.length != count) {
            throw new IllegalArgumentException(
                    "line " + line + " is \"" + String.join(" ", words) + "\", expected " + form);
        }
    }

    private static double number(String text, int line) {
        try {
            double number = Double.parseDouble(text);
            if (!Double.isNaN(number) && !Double.isInfinite(number)) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // said below, with the line
        }
        throw new IllegalArgumentException("line " + line + " has \"" + text + "\", expected a number");
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

    /** Puts everything said here in force, in place of what was ordered before. */
    void obey(Recorder recorder) {
        for (Metric metric : Metric.values()) {
            if (metric.kind().distribution()) {
                recorder.limits(metric, of(metric));
            }
        }
        Switches switches = recorder.switches();
        switches.order(detail, hooksOff, options);
    }
}
