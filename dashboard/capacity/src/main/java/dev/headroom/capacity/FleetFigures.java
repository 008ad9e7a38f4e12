package dev.headroom.capacity;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a fleet has seen of the dashboard. Thread-safe. */
final class FleetFigures {
    /** From the moment a window was to be sent to its acknowledgement. */
    final Times lag = new Times();

    final LongAdder windows = new LongAdder();
    final LongAdder bytes = new LongAdder();
    private final Map<String, LongAdder> refusals = new ConcurrentHashMap<>();

    void acknowledged(double lagMillis, int sentBytes) {
        lag.add(lagMillis);
        windows.increment();
        bytes.add(sentBytes);
    }

    void refused(String how) {
        refusals.computeIfAbsent(how, absent -> new LongAdder()).increment();
    }

    Map<String, Long> refusals() {
        Map<String, Long> counts = new TreeMap<>();
        refusals.forEach((how, count) -> counts.put(how, count.sum()));
        return counts;
    }
}
