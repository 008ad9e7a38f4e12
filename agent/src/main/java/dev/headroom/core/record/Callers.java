package dev.headroom.core.record;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * From where in the application each statement was run. Off until a tool within the JVM asks for it: then every statement's stack
 * is walked, which costs microseconds. Bounded; thread-safe.
 */
public final class Callers {
    static final int MAX_STATEMENTS = 2_000;

    /** Places of one statement; further ones are counted together. */
    static final int MAX_PLACES = 8;

    static final String ELSEWHERE = "elsewhere";

    private final ConcurrentHashMap<String, Map<String, LongAdder>> byStatement = new ConcurrentHashMap<>();
    private volatile boolean wanted;

    Callers() {}

    /** From now on to be told of every statement. */
    public void want() {
        wanted = true;
    }

    public boolean wanted() {
        return wanted;
    }

    /** A statement of that fingerprint was run by the code that is on this thread's stack. */
    public void ran(String statement) {
        Map<String, LongAdder> places = byStatement.get(statement);
        if (places == null) {
            if (byStatement.size() >= MAX_STATEMENTS) {
                return;
            }
            places = byStatement.computeIfAbsent(statement, any -> new ConcurrentHashMap<>());
        }
        String place = ApplicationFrame.of(new Throwable().getStackTrace());
        LongAdder count = places.get(place);
        if (count == null) {
            String admitted = places.size() < MAX_PLACES ? place : ELSEWHERE;
            count = places.computeIfAbsent(admitted, any -> new LongAdder());
        }
        count.increment();
    }

    /**
     * What was told since the last call: places with their number of runs, by fingerprint. A statement that ends meanwhile may be
     * missing here and in the next answer.
     */
    public Map<String, Map<String, Long>> drain() {
        Map<String, Map<String, Long>> drained = new TreeMap<>();
        for (String statement : byStatement.keySet()) {
            Map<String, LongAdder> places = byStatement.remove(statement);
            if (places != null) {
                Map<String, Long> counts = new TreeMap<>();
                places.forEach((place, count) -> counts.put(place, count.sum()));
                drained.put(statement, counts);
            }
        }
        return drained;
    }
}
