package dev.headroom.dashboard.finding;

import dev.headroom.dashboard.store.SettingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of findings, kept in the store: each is open, improved or gone by its newest check. Of a service the
 * {@value #MOST} seen last are kept, and what is gone for a week leaves. Thread-safe; blocks on the store.
 */
final class FindingBook {
    private static final Logger LOG = LoggerFactory.getLogger(FindingBook.class);
    private static final String KIND = "finding";
    static final int MOST = 300;
    private static final Duration KEEP_GONE = Duration.ofDays(7);
    /** A finding that only goes on is not written again sooner. */
    private static final Duration REWRITE = Duration.ofMinutes(10);
    /** Fewer requests or calls prove nothing. */
    private static final long ENOUGH = 20;

    private static final double IMPROVED = 0.5;

    private final SettingStore settings;
    private final Map<String, Map<String, Kept>> services = new ConcurrentHashMap<>();

    /**
     * What one check found, and what it looked at.
     *
     * @param found by its key
     */
    record Check(Map<String, Found> found, Observation observation) {}

    /**
     * A finding that is kept.
     *
     * @param worst largest saving that a check ever told
     * @param written what {@link Finding#lastSeen} says in the store
     */
    record Kept(Finding finding, double worst, Instant written) {}

    FindingBook(SettingStore settings) {
        this.settings = settings;
        settings.settings(KIND).forEach(this::load);
    }

    private void load(String name, String text) {
        int line = name.indexOf('\n');
        Kept kept = line < 0 ? null : FindingJson.read(text);
        if (kept == null) {
            LOG.warn("A finding in the store cannot be read and is left out");
            return;
        }
        ofService(name.substring(0, line)).put(name.substring(line + 1), kept);
    }

    private Map<String, Kept> ofService(String service) {
        return services.computeIfAbsent(service, absent -> new ConcurrentHashMap<>());
    }

    List<Finding> of(String service) {
        return ofService(service).values().stream().map(Kept::finding).toList();
    }

    /** One call at a time for a service. */
    void update(String service, Check check, Instant now) {
        Map<String, Kept> known = ofService(service);
        check.found().forEach((key, found) -> {
            Kept before = known.get(key);
            Kept kept = seen(found, before, now);
            if (kept.written().equals(now)) {
                settings.put(KIND, service + '\n' + key, FindingJson.write(kept));
            }
            known.put(key, kept);
        });
        new HashMap<>(known).forEach((key, kept) -> {
            Finding finding = kept.finding();
            if (!check.found().containsKey(key) && !finding.gone() && couldBeSeen(finding, check.observation())) {
                put(service, key, new Kept(as(finding, Finding.GONE), kept.worst(), finding.lastSeen()));
            } else if (finding.gone() && finding.lastSeen().plus(KEEP_GONE).isBefore(now)) {
                remove(service, key);
            }
        });
        trim(service, known);
    }

    private void trim(String service, Map<String, Kept> known) {
        if (known.size() > MOST) {
            List<Map.Entry<String, Kept>> oldest = new ArrayList<>(known.entrySet());
            oldest.sort(Comparator.comparing(each -> each.getValue().finding().lastSeen()));
            for (Map.Entry<String, Kept> each : oldest.subList(0, oldest.size() - MOST)) {
                remove(service, each.getKey());
            }
        }
    }

    private void put(String service, String key, Kept kept) {
        settings.put(KIND, service + '\n' + key, FindingJson.write(kept));
        ofService(service).put(key, kept);
    }

    private void remove(String service, String key) {
        settings.remove(KIND, service + '\n' + key);
        ofService(service).remove(key);
    }

    private static Kept seen(Found found, @Nullable Kept before, Instant now) {
        Double saving = found.savingMsPerMinute();
        // One that came back is as bad as it is now.
        double past = before == null || before.finding().gone() ? 0 : before.worst();
        double worst = Math.max(past, saving == null ? 0 : saving);
        boolean improved = saving != null && worst > 0 && saving <= IMPROVED * worst;
        String caller = found.caller();
        List<String> evidence = found.evidence();
        if (before != null) {
            caller = caller == null ? before.finding().caller() : caller;
            evidence = evidence.isEmpty() ? before.finding().evidence() : evidence;
        }
        Finding finding = new Finding(
                found.kind().id(),
                found.subject(),
                found.route(),
                caller,
                evidence,
                saving,
                found.cause(),
                found.fix(),
                found.details(),
                improved ? Finding.IMPROVED : Finding.OPEN,
                before == null ? now : before.finding().firstSeen(),
                now);
        if (before != null
                && before.finding().status().equals(finding.status())
                && before.written().plus(REWRITE).isAfter(now)) {
            return new Kept(finding, worst, before.written());
        }
        return new Kept(finding, worst, now);
    }

    /** Whether the check would have found it, if it still were. */
    private static boolean couldBeSeen(Finding finding, Observation observation) {
        String route = finding.route();
        FindingKind.Basis basis = FindingKind.Basis.SERVICE;
        for (FindingKind kind : FindingKind.values()) {
            if (kind.id().equals(finding.kind())) {
                basis = kind.basis();
            }
        }
        return switch (basis) {
            case EXAMPLES ->
                route != null
                        && observation.requests(route) >= ENOUGH
                        && !observation.examplesOf(route).isEmpty();
            case ROUTE -> route != null && observation.requests(route) >= ENOUGH;
            case SERVICE -> observation.requests(null) + observation.operations() >= ENOUGH;
        };
    }

    private static Finding as(Finding finding, String status) {
        return new Finding(
                finding.kind(),
                finding.subject(),
                finding.route(),
                finding.caller(),
                finding.evidence(),
                finding.savingMsPerMinute(),
                finding.cause(),
                finding.fix(),
                finding.details(),
                status,
                finding.firstSeen(),
                finding.lastSeen());
    }
}
