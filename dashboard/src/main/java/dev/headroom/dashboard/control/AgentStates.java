package dev.headroom.dashboard.control;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What agents said of themselves in their last windows. Thread-safe; blocks on the store. */
@Component
public class AgentStates {
    /** An agent that was silent longer is not asked for. Two flushes of the longest usual interval. */
    private static final Duration LATELY = Duration.ofSeconds(60);

    private static final Set<String> METRICS = Set.of(
            Metric.AGENT_DETAIL.metricName(),
            Metric.AGENT_HOOK.metricName(),
            Metric.AGENT_HOOK_OFF.metricName(),
            Metric.AGENT_OPTION.metricName());

    private final MetricStore store;
    private final InstantSource clock;

    AgentStates(MetricStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** By instance; senders that are no agents of ours, or older ones, are not in it. */
    public Map<String, AgentState> of(String service) {
        TimeRange range =
                new TimeRange(clock.instant().minus(LATELY), clock.instant().plus(LATELY));
        Map<String, Said> said = new HashMap<>();
        for (SeriesData series :
                store.read(new Selection(service, METRICS, range, true)).series()) {
            if (series.instance() != null && series.value() instanceof Value.Gauge gauge) {
                said.computeIfAbsent(series.instance(), instance -> new Said()).add(series, gauge.last());
            }
        }
        Map<String, AgentState> states = new HashMap<>();
        said.forEach((instance, each) -> {
            AgentState state = each.state();
            if (state != null) {
                states.put(instance, state);
            }
        });
        return states;
    }

    /** Names of the hooks that any agent of the service has. */
    public SortedSet<String> hooks(String service) {
        return of(service).values().stream()
                .flatMap(state -> state.hooks().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of one agent; not thread-safe. */
    private static final class Said {
        private final Map<String, DetailLevel> details = new HashMap<>();
        private final SortedMap<String, Boolean> hooks = new TreeMap<>();
        private final SortedSet<String> failed = new TreeSet<>();
        private final SortedMap<String, Double> options = new TreeMap<>();

        void add(SeriesData series, double last) {
            String metric = series.key().metric();
            Map<String, String> attributes = series.key().attributes();
            String hook = attributes.getOrDefault(Attribute.HOOK.key(), "");
            if (metric.equals(Metric.AGENT_DETAIL.metricName())) {
                DetailLevel level = DetailLevel.reported(last);
                if (level != null) {
                    details.put(attributes.getOrDefault(Attribute.DETAIL_BY.key(), ""), level);
                }
            } else if (metric.equals(Metric.AGENT_HOOK.metricName())) {
                hooks.put(hook, last > 0);
            } else if (metric.equals(Metric.AGENT_HOOK_OFF.metricName())) {
                failed.add(hook);
            } else {
                options.put(attributes.getOrDefault(Attribute.OPTION.key(), ""), last);
            }
        }

        @Nullable
        AgentState state() {
            DetailLevel effective = details.get("effective");
            if (effective == null) {
                return null;
            }
            return new AgentState(
                    effective,
                    details.getOrDefault("dashboard", effective),
                    details.getOrDefault("governor", effective),
                    hooks,
                    failed,
                    options);
        }
    }
}
