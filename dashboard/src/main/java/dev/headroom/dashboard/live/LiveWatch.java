package dev.headroom.dashboard.live;

import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The services that somebody looks at on the live page. Their agents are asked for windows of a second until the page has not said
 * so again for a while, unless that were more agents than may be. Thread-safe; blocks on the store, but for {@link #windowMillis}.
 */
@Component
public final class LiveWatch {
    private static final Duration WINDOW = Duration.ofSeconds(1);
    /** The page says every five seconds that it is still there. */
    static final Duration LEASE = Duration.ofSeconds(15);

    /** An agent that has not reported for so long is not one more. */
    private static final Duration SILENT = Duration.ofSeconds(20);

    /**
     * What somebody who looks on gets.
     *
     * @param windowMs length of the windows that were asked for; null when agents keep to their own
     * @param agents JVMs that report for the services looked at
     * @param note the same for people
     */
    record Look(@Nullable Long windowMs, int agents, String note) {}

    private final MetricStore store;
    private final InstantSource clock;
    private final int mostAgents;
    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    /** @param mostAgents that may be asked at the same time; 0 for none at all */
    LiveWatch(MetricStore store, InstantSource clock, @Value("${headroom.live.max-agents}") int mostAgents) {
        this.store = store;
        this.clock = clock;
        this.mostAgents = mostAgents;
    }

    /**
     * Somebody looks at the service now.
     *
     * @param service null for all of them
     * @throws RefusedException when no such service has reported
     */
    Look look(@Nullable String service) {
        List<String> services = store.services();
        if (service != null && !services.contains(service)) {
            throw RefusedException.unknown(
                    "Unknown service",
                    service,
                    "a service that has reported",
                    "Services appear with their first report; GET /api/v1/services lists them.");
        }
        Instant now = clock.instant();
        until.values().removeIf(now::isAfter);
        Set<String> looked = service == null ? Set.copyOf(services) : Set.of(service);
        Set<String> together = new HashSet<>(until.keySet());
        together.addAll(looked);
        int agents = agents(looked, now);
        if (agents(together, now) > mostAgents) {
            return new Look(
                    null,
                    agents,
                    "Windows as long as agents are set to: more than " + mostAgents
                            + " JVMs are looked at (headroom.live.max-agents)."
                            + (service == null ? " Choose a service." : ""));
        }
        looked.forEach(name -> until.put(name, now.plus(LEASE)));
        return new Look(
                WINDOW.toMillis(), agents, "Windows of 1 s from " + agents + (agents == 1 ? " JVM." : " JVMs."));
    }

    private int agents(Set<String> services, Instant now) {
        Instant since = now.minus(SILENT);
        return services.stream()
                .mapToInt(name -> (int) store.instances(name).stream()
                        .filter(instance -> instance.lastReport().isAfter(since))
                        .count())
                .sum();
    }

    /** How long windows of the service should be, in milliseconds; 0 when nobody looks on. Never blocks. */
    public long windowMillis(String service) {
        Instant end = until.get(service);
        return end == null || clock.instant().isAfter(end) ? 0 : WINDOW.toMillis();
    }
}
