package dev.headroom.dashboard.operations;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How much of one subject a service's senders told in a time: a list that is empty because nothing happened differs from one whose
 * sender never tells.
 *
 * @param notes what is missing or less exact, and why; empty where everything was told or all is silent
 */
public record Coverage(Subject subject, boolean reported, List<String> notes) {
    /** What a list is about. */
    public enum Subject {
        ROUTES("served requests"),
        QUERIES("statements"),
        CACHES("cache lookups"),
        POOLS("connection pools"),
        CALLS("outgoing calls");

        private final String noun;

        Subject(String noun) {
            this.noun = noun;
        }

        private boolean shows(SeriesKey key) {
            boolean redis = "redis".equals(key.get(Attribute.DB_SYSTEM));
            return switch (this) {
                case ROUTES -> key.is(Metric.HTTP_SERVER_DURATION);
                case QUERIES -> key.is(Metric.DB_DURATION) && !redis;
                case CACHES -> key.is(Metric.CACHE_GETS) || (key.is(Metric.DB_DURATION) && redis);
                case POOLS -> key.is(Metric.POOL_COUNT) || key.is(Metric.POOL_USE);
                case CALLS -> key.is(Metric.HTTP_CLIENT_DURATION);
            };
        }

        /** In the plural. */
        public String noun() {
            return noun;
        }

        /** As in addresses and in JSON. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who sends, as far as it decides what is told. */
    private enum SenderKind {
        HEADROOM,
        OPENTELEMETRY_AGENT,
        MICROMETER,
        OTHER;

        static SenderKind of(Instance instance) {
            String distro = instance.resource().getOrDefault("telemetry.distro.name", "");
            if (distro.equals("headroom")) {
                return HEADROOM;
            }
            if (distro.equals("opentelemetry-java-instrumentation")) {
                return OPENTELEMETRY_AGENT;
            }
            return instance.resource().getOrDefault("telemetry.sdk.name", "").equals("io.micrometer")
                    ? MICROMETER
                    : OTHER;
        }
    }

    private static final Set<Metric> TIMED =
            Set.of(Metric.HTTP_SERVER_DURATION, Metric.HTTP_CLIENT_DURATION, Metric.DB_DURATION, Metric.POOL_USE);

    /** @param senders the JVMs that reported in that time */
    static Coverage of(Subject subject, List<SeriesData> series, List<Instance> senders) {
        List<SeriesData> evidence =
                series.stream().filter(one -> subject.shows(one.key())).toList();
        Set<SenderKind> kinds = new LinkedHashSet<>();
        senders.forEach(sender -> kinds.add(SenderKind.of(sender)));
        boolean stock = kinds.stream().anyMatch(kind -> kind != SenderKind.HEADROOM);
        Set<String> notes = new LinkedHashSet<>();
        if (evidence.isEmpty()) {
            kinds.stream()
                    .filter(kind -> kind != SenderKind.HEADROOM)
                    .forEach(kind -> notes.add(missing(subject, kind)));
            return new Coverage(subject, false, List.copyOf(notes));
        }
        if (subject == Subject.QUERIES && stock && evidence.stream().allMatch(Coverage::withoutText)) {
            notes.add(
                    "No statement texts: OpenTelemetry's metrics leave db.query.text out, rows are operation and table;"
                            + " spans carry the text.");
        }
        if (subject == Subject.CACHES
                && stock
                && evidence.stream().noneMatch(one -> one.key().is(Metric.CACHE_GETS))) {
            notes.add("Redis commands only: whether a lookup hit or missed is not told by this sender.");
        }
        if (evidence.stream().anyMatch(one -> "spans".equals(one.key().get(Attribute.SOURCE)))) {
            notes.add("Counted from spans: should the sender sample them, the true counts are higher.");
        }
        if (evidence.stream().anyMatch(one -> "sampled spans".equals(one.key().get(Attribute.SOURCE)))) {
            notes.add("Counted from spans, sampled: the true counts are higher.");
        }
        if (evidence.stream().anyMatch(Coverage::coarse)) {
            notes.add(
                    "Percentiles are ranges: the sender counts in fixed buckets, and where in a bucket a value lies is"
                            + " not known. Verdicts use the counts at the buckets' bounds.");
        }
        return new Coverage(subject, true, List.copyOf(notes));
    }

    private static boolean withoutText(SeriesData series) {
        return series.key().get(Attribute.DB_QUERY) == null && series.key().get(Attribute.OVERFLOW) == null;
    }

    private static boolean coarse(SeriesData series) {
        return series.value() instanceof Value.Distribution distribution
                && distribution.coarse()
                && TIMED.stream().anyMatch(metric -> series.key().is(metric));
    }

    private static String missing(Subject subject, SenderKind kind) {
        boolean agent = kind == SenderKind.OPENTELEMETRY_AGENT;
        boolean micrometer = kind == SenderKind.MICROMETER;
        return switch (subject) {
            case ROUTES -> "This sender reports no served requests, neither as metrics nor as spans.";
            case QUERIES ->
                agent
                        ? "OpenTelemetry's agent sends no database durations by itself: set"
                                + " otel.semconv-stability.opt-in=database, or send its traces here too."
                        : micrometer
                                ? "Micrometer times no statements by itself; datasource-micrometer (jdbc.query) does."
                                : "This sender reports no database durations, neither as metrics nor as spans.";
            case CACHES ->
                agent
                        ? "OpenTelemetry's agent reports no cache lookups: its conventions know no caches. Micrometer's"
                                + " cache.gets and Headroom's agent do."
                        : micrometer
                                ? "This sender reports no cache lookups: Micrometer's cache.gets needs caches that record"
                                        + " statistics."
                                : "This sender reports no cache lookups (cache.gets).";
            case POOLS -> "This sender reports no connection pools (db.client.connection.*, hikaricp.connections.*).";
            case CALLS -> "This sender reports no outgoing calls, neither as metrics nor as spans.";
        };
    }

    /** Those of the JVMs that reported between the two. */
    static List<Instance> within(List<Instance> instances, Instant from, Instant to) {
        List<Instance> within = new ArrayList<>();
        for (Instance instance : instances) {
            if (instance.firstReport().isBefore(to) && !instance.lastReport().isBefore(from)) {
                within.add(instance);
            }
        }
        return within;
    }
}
