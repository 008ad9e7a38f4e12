package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.EventHistory;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.MetricStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest error budgets of every service, at most a minute old. They are worked out from stored windows again and again, so that
 * a restart neither loses an event nor counts one twice. {@link #of} may be asked from any thread; the work is done on the caller's
 * of {@link #work}, one at a time.
 */
public final class ErrorBudgets {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorBudgets.class);

    private final MetricStore metrics;
    private final EventHistory events;
    private final HistoryStore store;
    private final InstantSource clock;
    private final Map<String, Map<BudgetSubject, ErrorBudget>> newest = new ConcurrentHashMap<>();
    private final Set<String> fresh = ConcurrentHashMap.newKeySet();
    private final Queue<Late> late = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    // Only on the working thread:
    private final Map<String, ServiceBudgets> services = new HashMap<>();

    private record Late(String service, Instant start, Instant end) {}

    public ErrorBudgets(MetricStore metrics, EventHistory events, HistoryStore store, InstantSource clock) {
        this.metrics = metrics;
        this.events = events;
        this.store = store;
        this.clock = clock;
    }

    /** Learns of everything that is stored from now on. */
    public void follow() {
        metrics.onStored(this::stored);
    }

    /** On the store's writing thread. */
    void stored(Batch batch) {
        String service = batch.sender().service();
        fresh.add(service);
        if (batch.start().isBefore(BurnSlots.floor(clock.instant()))) {
            late.add(new Late(service, batch.start(), batch.end()));
        }
    }

    /** Null for what has no error budget, and while nothing was counted. */
    public @Nullable ErrorBudget of(BudgetSubject about) {
        return newest.getOrDefault(about.service(), Map.of()).get(about);
    }

    /** Work that is under way ends after the service it is at, and none begins any more: with many services it takes a while. */
    void stop() {
        stopping = true;
    }

    /** Brings everything up to date. Returns whether hours of the past are still to be worked out. */
    boolean work() {
        boolean more = false;
        Instant now = clock.instant();
        for (String service : metrics.services()) {
            if (!services.containsKey(service)) {
                services.put(service, new ServiceBudgets(service, events, store, now));
                fresh.add(service);
            }
        }
        for (Late each = late.poll(); each != null; each = late.poll()) {
            ServiceBudgets budgets = services.get(each.service());
            if (budgets != null) {
                budgets.touched(each.start(), each.end(), now);
            }
        }
        for (Map.Entry<String, ServiceBudgets> entry : services.entrySet()) {
            if (stopping) {
                return true;
            }
            String service = entry.getKey();
            try {
                boolean behind = entry.getValue().catchUp(now);
                more |= behind;
                if (fresh.remove(service) || behind || now.getEpochSecond() / 60 % 10 == 0) {
                    newest.put(service, Map.copyOf(entry.getValue().budgets(now)));
                }
            } catch (RuntimeException e) {
                fresh.add(service);
                LOG.warn("The error budgets of {} cannot be worked out now: {}", service, e.toString());
            }
        }
        return more;
    }
}
