package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strips of every verdict: a byte per slot in memory, run-length coded in the store. Written once a minute where something
 * changed; what a kill takes away is at most a minute of the newest slot. Thread-safe.
 */
public final class VerdictHistory {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictHistory.class);
    /** A strip takes some 700 bytes of memory. */
    private static final int MOST = 20_000;
    /** Verdicts of a busy service come several times a second; a slot is five minutes. */
    private static final Duration APART = Duration.ofSeconds(5);

    private final HistoryStore store;
    private final InstantSource clock;
    private final Object lock = new Object();
    // Guarded by lock:
    private final Map<BudgetSubject, VerdictStrip> strips = new HashMap<>();
    private final Set<BudgetSubject> changed = new HashSet<>();
    private final Map<String, Instant> seen = new HashMap<>();

    /** Reads the strips; the store may block. */
    public VerdictHistory(HistoryStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        store.strips().forEach((about, bytes) -> strips.put(about, VerdictStrip.read(bytes)));
    }

    /** Takes every verdict from now on. */
    public void follow(BudgetReports reports) {
        reports.onEvaluated(this::take);
    }

    void take(List<BudgetReport> reports) {
        synchronized (lock) {
            for (BudgetReport report : reports) {
                Instant last = seen.getOrDefault(report.service(), Instant.EPOCH);
                if (Duration.between(last, report.at()).compareTo(APART) >= 0) {
                    seen.put(report.service(), report.at());
                    report.items().forEach(item -> take(item, report.at()));
                }
            }
        }
    }

    private void take(BudgetStatus item, Instant at) {
        BudgetSubject about = new BudgetSubject(item.service(), item.id(), item.subject());
        VerdictStrip strip = strips.get(about);
        if (strip == null) {
            if (strips.size() >= MOST) {
                return;
            }
            strip = new VerdictStrip();
            strips.put(about, strip);
        }
        if (strip.add(at, item.status())) {
            changed.add(about);
        }
    }

    /** The strip as it is now; an empty one for what was never judged. */
    public VerdictStrip of(BudgetSubject about) {
        synchronized (lock) {
            VerdictStrip strip = strips.get(about);
            return strip == null ? new VerdictStrip() : strip.copy();
        }
    }

    /** Writes what changed since the last time. */
    void save() {
        Map<BudgetSubject, byte[]> written = new HashMap<>();
        List<BudgetSubject> gone = new ArrayList<>();
        Instant now = clock.instant();
        synchronized (lock) {
            strips.forEach((about, strip) -> {
                if (strip.over(now)) {
                    gone.add(about);
                } else if (changed.contains(about)) {
                    written.put(about, strip.write());
                }
            });
            gone.forEach(strips::remove);
            changed.clear();
        }
        try {
            store.putStrips(written, gone);
        } catch (RuntimeException e) {
            LOG.warn("{} strips of verdicts cannot be stored yet: {}", written.size(), e.getMessage());
            synchronized (lock) {
                changed.addAll(written.keySet());
            }
        }
    }
}
