package dev.headroom.dashboard.plan;

import dev.headroom.dashboard.store.SettingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The newest plan of each statement, kept in the store: at most {@value #MOST} of a service. Thread-safe; blocks on the store. */
public final class PlanBook {
    private static final Logger LOG = LoggerFactory.getLogger(PlanBook.class);
    private static final String KIND = "plan";
    static final int MOST = 500;
    /** A statement is explained no more often. */
    static final Duration AGAIN = Duration.ofHours(1);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SettingStore settings;
    private final Map<String, Map<String, KeptPlan>> services = new ConcurrentHashMap<>();

    PlanBook(SettingStore settings) {
        this.settings = settings;
        settings.settings(KIND).values().forEach(this::load);
    }

    private void load(String text) {
        try {
            KeptPlan kept = JSON.readValue(text, KeptPlan.class);
            ofService(kept.service()).put(kept.fingerprint(), kept);
        } catch (JacksonException unreadable) {
            LOG.warn("A plan in the store cannot be read and is left out");
        }
    }

    private Map<String, KeptPlan> ofService(String service) {
        return services.computeIfAbsent(service, absent -> new ConcurrentHashMap<>());
    }

    public List<KeptPlan> of(String service) {
        Map<String, KeptPlan> known = services.get(service);
        return known == null
                ? List.of()
                : known.values().stream()
                        .sorted(Comparator.comparing(KeptPlan::at).reversed())
                        .toList();
    }

    /** Null when it was never explained. */
    public @Nullable KeptPlan of(String service, String fingerprint) {
        Map<String, KeptPlan> known = services.get(service);
        return known == null ? null : known.get(fingerprint);
    }

    boolean due(String service, String fingerprint, Instant now) {
        KeptPlan kept = of(service, fingerprint);
        return kept == null || !kept.at().plus(AGAIN).isAfter(now);
    }

    /** A problem leaves the plan of before in place, and is told beside it. */
    void put(
            String service,
            String fingerprint,
            String statement,
            @Nullable Plan plan,
            @Nullable String problem,
            Instant now) {
        KeptPlan before = of(service, fingerprint);
        KeptPlan after;
        if (plan == null) {
            after = new KeptPlan(
                    service,
                    fingerprint,
                    statement,
                    now,
                    before == null ? "" : before.hash(),
                    before == null ? null : before.changedAt(),
                    before == null ? List.of() : before.lines(),
                    before == null ? List.of() : before.scans(),
                    problem,
                    before == null ? List.of() : before.changes());
        } else {
            boolean changed =
                    before != null && !before.hash().isEmpty() && !before.hash().equals(plan.hash());
            List<KeptPlan.Change> changes = before == null ? List.of() : before.changes();
            if (before != null && changed) {
                changes = KeptPlan.with(changes, new KeptPlan.Change(now, before.hash(), plan.hash()));
            }
            after = new KeptPlan(
                    service,
                    fingerprint,
                    statement,
                    now,
                    plan.hash(),
                    changed ? now : before == null ? null : before.changedAt(),
                    plan.lines(),
                    plan.scans(),
                    null,
                    changes);
        }
        settings.put(KIND, service + '\n' + fingerprint, JSON.writeValueAsString(after));
        ofService(service).put(fingerprint, after);
        trim(service);
    }

    private void trim(String service) {
        Map<String, KeptPlan> known = ofService(service);
        if (known.size() > MOST) {
            List<KeptPlan> oldest = new ArrayList<>(known.values());
            oldest.sort(Comparator.comparing(KeptPlan::at));
            for (KeptPlan each : oldest.subList(0, oldest.size() - MOST)) {
                settings.remove(KIND, service + '\n' + each.fingerprint());
                known.remove(each.fingerprint());
            }
        }
    }
}
