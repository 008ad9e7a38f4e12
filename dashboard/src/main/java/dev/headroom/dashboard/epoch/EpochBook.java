package dev.headroom.dashboard.epoch;

import dev.headroom.dashboard.budget.Epochs;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.SettingStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Every epoch: those that somebody told of, kept in the store, and the first report of each {@code service.version} but the first,
 * which is a deploy. Thread-safe; blocks on the store.
 */
@Component
public final class EpochBook implements Epochs {
    private static final Logger LOG = LoggerFactory.getLogger(EpochBook.class);
    private static final String KIND = "epoch";
    private static final String VERSION = "service.version";
    /** The oldest of a service leave beyond it. */
    private static final int MOST = 500;

    private static final Duration FRESH = Duration.ofSeconds(20);

    private final SettingStore settings;
    private final MetricStore store;
    private final InstantSource clock;
    private final Map<String, List<Epoch>> told = new ConcurrentHashMap<>();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(Instant at, List<Epoch> deploys) {}

    public EpochBook(SettingStore settings, MetricStore store, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
        settings.settings(KIND).keySet().forEach(this::load);
    }

    private void load(String name) {
        String[] parts = name.split("\n", -1);
        Epoch.Kind kind = parts.length == 4 ? Epoch.Kind.of(parts[2]) : null;
        if (kind == null) {
            LOG.warn("An epoch in the store cannot be read and is left out: {}", parts[0]);
            return;
        }
        ofService(parts[1]).add(new Epoch(parts[1], kind, parts[3], Instant.parse(parts[0])));
    }

    private List<Epoch> ofService(String service) {
        return told.computeIfAbsent(service, any -> new CopyOnWriteArrayList<>());
    }

    private static String key(Epoch epoch) {
        return String.join(
                "\n", epoch.at().toString(), epoch.service(), epoch.kind().word(), epoch.name());
    }

    /** Keeps an epoch; the same one again changes nothing. Durable on return. No text of it may hold a line break. */
    public synchronized void add(Epoch epoch) {
        List<Epoch> all = ofService(epoch.service());
        if (all.contains(epoch)) {
            return;
        }
        settings.put(KIND, key(epoch), "");
        all.add(epoch);
        while (all.size() > MOST) {
            Epoch oldest = all.stream().min(Comparator.comparing(Epoch::at)).orElseThrow();
            settings.remove(KIND, key(oldest));
            all.remove(oldest);
        }
    }

    /** All of the service, newest first. */
    public List<Epoch> of(String service) {
        List<Epoch> all = new ArrayList<>(told.getOrDefault(service, List.of()));
        for (Epoch deploy : versions(service)) {
            boolean known = all.stream()
                    .anyMatch(each -> each.kind() == Epoch.Kind.DEPLOY
                            && each.name().equals(deploy.name())
                            && Duration.between(each.at(), deploy.at()).abs().compareTo(Duration.ofHours(1)) < 0);
            if (!known) {
                all.add(deploy);
            }
        }
        all.sort(Comparator.comparing(Epoch::at).reversed());
        return all;
    }

    private List<Epoch> versions(String service) {
        Instant now = clock.instant();
        Seen before = seen.get(service);
        if (before == null || before.at.isBefore(now.minus(FRESH))) {
            before = new Seen(now, deploys(service));
            seen.put(service, before);
        }
        return before.deploys;
    }

    private List<Epoch> deploys(String service) {
        Map<String, Instant> first = new HashMap<>();
        for (Instance instance : store.instances(service)) {
            String version = instance.resource().get(VERSION);
            if (version != null && !version.isBlank()) {
                first.merge(version, instance.firstReport(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        List<Epoch> deploys = new ArrayList<>();
        first.forEach((version, at) -> deploys.add(new Epoch(service, Epoch.Kind.DEPLOY, version, at)));
        deploys.sort(Comparator.comparing(Epoch::at));
        return deploys.isEmpty() ? deploys : deploys.subList(1, deploys.size());
    }

    @Override
    public @Nullable Instant lastDeploy(String service, Instant before) {
        for (Epoch epoch : of(service)) {
            if (epoch.kind() == Epoch.Kind.DEPLOY && epoch.at().isBefore(before)) {
                return epoch.at();
            }
        }
        return null;
    }

    @Override
    public @Nullable Instant named(String service, String name) {
        for (Epoch epoch : of(service)) {
            if (epoch.name().equals(name)) {
                return epoch.at();
            }
        }
        return null;
    }
}
