package dev.headroom.coverage;

import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpLogsReader.LogRecord;
import dev.headroom.otlp.ResourceMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line that a scenario wrote with {@code Expect}: what, of which metric or trace, how much, with which attributes.
 *
 * @param attributes as {@code key=value}, the value empty for an attribute that must be missing
 */
record Expectation(String kind, String metric, String value, List<String> attributes) {
    static List<Expectation> parse(String text) {
        List<Expectation> expectations = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] parts = line.split("\t", -1);
            if (parts.length < 3) {
                throw new AssertionError("the scenario states nothing with Expect, found \"" + line + "\"");
            }
            expectations.add(
                    new Expectation(parts[0], parts[1], parts[2], List.of(Arrays.copyOfRange(parts, 3, parts.length))));
        }
        return expectations;
    }

    /** Adds to the complaints what the examples lack. */
    void checkExamples(List<LogRecord> examples, List<String> complaints) {
        if (isOfExamples()
                && examples.stream().noneMatch(each -> each.body().contains("\"traceId\":\"" + metric + '"'))) {
            complaints.add("none of " + examples.size() + " examples is of the trace " + metric);
        }
    }

    private boolean isOfExamples() {
        return kind.equals("traced");
    }

    /** Adds to the complaints what differs. */
    void check(List<ResourceMetrics> received, List<String> complaints) {
        if (isOfExamples()) {
            return;
        }
        List<MetricPoint> points = received.stream()
                .flatMap(resource -> resource.points().stream())
                .filter(point -> point.metric().equals(metric) && matches(point.attributes()))
                .toList();
        String found = found(points);
        if (!holds(found)) {
            complaints.add("expected " + kind + " of " + metric + attributes + " to be " + value + ", found " + found);
            String all = "all series of " + metric + ": " + series(received);
            complaints.remove(all);
            complaints.add(all);
        }
    }

    private boolean matches(Map<String, String> found) {
        for (String attribute : attributes) {
            int equals = attribute.indexOf('=');
            if (equals < 0) {
                throw new AssertionError("found attribute \"" + attribute + "\" in Expect, expected key=value");
            }
            String wanted = attribute.substring(equals + 1);
            String there = found.getOrDefault(attribute.substring(0, equals), "");
            if (!wanted.equals(there)) {
                return false;
            }
        }
        return true;
    }

    private String found(List<MetricPoint> points) {
        return switch (kind) {
            case "count", "atLeast" -> Long.toString(count(points));
            case "sum" -> Double.toString(sum(points));
            case "none" -> Integer.toString(points.size());
            case "p50" -> Double.toString(total(points).quantile(0.5));
            case "max" ->
                Double.toString(byTime(points).values().stream()
                        .mapToDouble(each -> each)
                        .max()
                        .orElse(Double.NaN));
            case "last" ->
                Double.toString(
                        byTime(points).isEmpty()
                                ? Double.NaN
                                : byTime(points).lastEntry().getValue());
            default -> throw new AssertionError("Expect wrote \"" + kind + "\", which the harness does not know");
        };
    }

    private boolean holds(String found) {
        if (kind.equals("atLeast")) {
            return Long.parseLong(found) >= Long.parseLong(value);
        }
        if (kind.equals("p50")) {
            String[] parts = value.split("~");
            double wanted = Double.parseDouble(parts[0]);
            return Math.abs(Double.parseDouble(found) - wanted) <= wanted * Double.parseDouble(parts[1]);
        }
        return found.equals(value);
    }

    private static long count(List<MetricPoint> points) {
        return total(points).count();
    }

    private static double sum(List<MetricPoint> points) {
        double sum = 0;
        for (MetricPoint point : points) {
            sum += point.type() == MetricPoint.Type.EXPONENTIAL
                    ? point.exponential().sum()
                    : point.value();
        }
        return sum;
    }

    private static HistogramSnapshot total(List<MetricPoint> points) {
        HistogramSnapshot total = HistogramSnapshot.EMPTY;
        for (MetricPoint point : points) {
            if (point.type() == MetricPoint.Type.EXPONENTIAL) {
                total = total.merge(point.exponential());
            }
        }
        return total;
    }

    private static TreeMap<Long, Double> byTime(List<MetricPoint> points) {
        TreeMap<Long, Double> byTime = new TreeMap<>();
        for (MetricPoint point : points) {
            byTime.merge(point.timeNanos(), point.value(), Double::sum);
        }
        return byTime;
    }

    private String series(List<ResourceMetrics> received) {
        Map<String, Double> all = new TreeMap<>();
        received.stream()
                .flatMap(resource -> resource.points().stream())
                .filter(point -> point.metric().equals(metric))
                .forEach(point -> all.merge(
                        new TreeMap<>(point.attributes()).toString(),
                        point.type() == MetricPoint.Type.EXPONENTIAL
                                ? (double) point.exponential().count()
                                : point.value(),
                        Double::sum));
        StringBuilder text = new StringBuilder();
        all.forEach((attributes, amount) ->
                text.append("\n    ").append(attributes).append(" ").append(amount));
        return text.isEmpty() ? "none" : text.toString();
    }
}
