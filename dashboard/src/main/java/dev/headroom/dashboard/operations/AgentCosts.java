package dev.headroom.dashboard.operations;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What agents say of their own cost, by JVM. Thread-safe; blocks on the store. */
@Component
public class AgentCosts {
    private static final double MILLIS = 1_000;
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    private static final Set<String> METRICS = Stream.of(
                    Metric.AGENT_CPU,
                    Metric.AGENT_ALLOCATED,
                    Metric.AGENT_HOOK_CALLS,
                    Metric.AGENT_HOOK_TIME,
                    Metric.AGENT_HOOK_WEAVE_TIME,
                    Metric.AGENT_FAILURES,
                    Metric.AGENT_HOOK_OFF,
                    Metric.AGENT_HOOK,
                    Metric.AGENT_DETAIL,
                    Metric.AGENT_COST,
                    Metric.AGENT_COST_BUDGET,
                    Metric.AGENT_SENT,
                    Metric.AGENT_HEAP,
                    Metric.AGENT_METASPACE,
                    Metric.AGENT_START_TIME)
            .map(Metric::metricName)
            .collect(Collectors.toSet());

    private final MetricStore store;

    public AgentCosts(MetricStore store) {
        this.store = store;
    }

    /** By instance; JVMs whose agent says nothing of its cost, and senders that are none of our agents, are left out. */
    public Map<String, AgentCost> of(String service, TimeRange range) {
        Reading reading = store.read(new Selection(service, METRICS, range, true));
        Map<String, List<SeriesData>> told = new HashMap<>();
        for (SeriesData one : reading.series()) {
            if (one.instance() != null) {
                told.computeIfAbsent(one.instance(), absent -> new ArrayList<>())
                        .add(one);
            }
        }
        Map<String, AgentCost> costs = new HashMap<>();
        for (Instance instance : store.instances(service)) {
            List<SeriesData> series = told.get(instance.instance());
            if (series != null) {
                costs.put(instance.instance(), new Account(series, seconds(reading.range(), instance)).cost());
            }
        }
        return costs;
    }

    /** How long the JVM reported within the range. */
    private static double seconds(TimeRange range, Instance instance) {
        boolean later = instance.firstReport().isAfter(range.from());
        boolean ended = instance.lastReport().isBefore(range.to());
        Duration reported = Duration.between(
                later ? instance.firstReport() : range.from(), ended ? instance.lastReport() : range.to());
        return Math.max(1, reported.toMillis() / MILLIS);
    }

    /** The series of one JVM, and how long it reported. */
    private record Account(List<SeriesData> series, double seconds) {
        AgentCost cost() {
            Double hooks = sum(Metric.AGENT_HOOK_TIME, null);
            Double thread = sum(Metric.AGENT_CPU, null);
            Double calls = sum(Metric.AGENT_HOOK_CALLS, null);
            Double weave = last(Metric.AGENT_HOOK_WEAVE_TIME, null, null);
            return new AgentCost(
                    hooks == null || thread == null ? null : (hooks + thread) / seconds * PERCENT,
                    thread == null ? null : thread / seconds * PERCENT,
                    hooks == null || calls == null || calls == 0 ? null : hooks * NANOS / calls,
                    perSecond(Metric.AGENT_SENT),
                    last(Metric.AGENT_HEAP, null, null),
                    last(Metric.AGENT_METASPACE, null, null),
                    perSecond(Metric.AGENT_ALLOCATED),
                    times(last(Metric.AGENT_START_TIME, null, null), MILLIS),
                    times(weave, MILLIS),
                    last(Metric.AGENT_COST, null, null),
                    last(Metric.AGENT_COST_BUDGET, null, null),
                    detail("effective"),
                    reason(),
                    hooks(hooks == null ? 0 : hooks));
        }

        private List<AgentCost.Hook> hooks(double seconds) {
            Set<String> names = new TreeSet<>();
            for (SeriesData one : series) {
                String name = one.key().get(Attribute.HOOK);
                if (name != null
                        && (one.key().is(Metric.AGENT_HOOK) || one.key().is(Metric.AGENT_HOOK_CALLS))) {
                    names.add(name);
                }
            }
            List<AgentCost.Hook> hooks = new ArrayList<>();
            for (String name : names) {
                double calls = zero(sum(Metric.AGENT_HOOK_CALLS, name));
                double inside = zero(sum(Metric.AGENT_HOOK_TIME, name));
                Double on = last(Metric.AGENT_HOOK, Attribute.HOOK, name);
                hooks.add(new AgentCost.Hook(
                        name,
                        Math.round(calls),
                        calls == 0 || inside == 0 ? null : inside * NANOS / calls,
                        seconds == 0 ? 0 : inside / seconds,
                        times(last(Metric.AGENT_HOOK_WEAVE_TIME, Attribute.HOOK, name), MILLIS),
                        Math.round(zero(sum(Metric.AGENT_FAILURES, name))),
                        zero(last(Metric.AGENT_HOOK_OFF, Attribute.HOOK, name)) > 0,
                        on == null || on > 0));
            }
            return hooks;
        }

        private @Nullable String detail(String by) {
            Double level = last(Metric.AGENT_DETAIL, Attribute.DETAIL_BY, by);
            return level == null
                    ? null
                    : switch ((int) Math.round(level)) {
                        case 4 -> "all";
                        case 3 -> "no-examples";
                        case 2 -> "no-patterns";
                        case 1 -> "counts-only";
                        default -> "off";
                    };
        }

        private @Nullable String reason() {
            String detail = detail("effective");
            if (detail == null || detail.equals("all")) {
                return null;
            }
            return detail.equals(detail("governor")) ? "it cost more than its budget" : "ordered";
        }

        private @Nullable Double perSecond(Metric metric) {
            Double sum = sum(metric, null);
            return sum == null ? null : sum / seconds;
        }

        private static @Nullable Double times(@Nullable Double value, double factor) {
            return value == null ? null : value * factor;
        }

        private static double zero(@Nullable Double value) {
            return value == null ? 0 : value;
        }

        /** @param hook null for all */
        private @Nullable Double sum(Metric metric, @Nullable String hook) {
            Double sum = null;
            for (SeriesData one : series) {
                boolean wanted = hook == null || hook.equals(one.key().get(Attribute.HOOK));
                if (one.key().is(metric) && wanted && one.value() instanceof Value.Sum added) {
                    sum = (sum == null ? 0 : sum) + added.amount();
                }
            }
            return sum;
        }

        /** The newest reading; of several series, their sum. */
        private @Nullable Double last(Metric metric, @Nullable Attribute attribute, @Nullable String value) {
            Double sum = null;
            for (SeriesData one : series) {
                boolean wanted =
                        attribute == null || one.key().get(attribute, "").equals(value);
                if (one.key().is(metric) && wanted && one.value() instanceof Value.Gauge gauge) {
                    sum = (sum == null ? 0 : sum) + gauge.last();
                }
            }
            return sum;
        }
    }
}
