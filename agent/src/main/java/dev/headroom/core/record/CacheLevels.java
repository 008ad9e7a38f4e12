package dev.headroom.core.record;

/**
 * A request's lookups in caches. Caches of this JVM and those behind them are levels of one cache: a miss that another one answers
 * before the next statement is none. One thread at a time.
 */
final class CacheLevels {
    private int hits;
    private int misses;

    /** Misses of caches in this JVM that a cache behind them has not made up for. */
    private int nearMisses;

    private int statementsAtNearMiss;

    void clear() {
        hits = 0;
        misses = 0;
        nearMisses = 0;
    }

    void add(CacheLevels other) {
        hits += other.hits;
        misses += other.misses();
    }

    /** In this JVM, after so many statements of the request. */
    void near(boolean hit, int statements) {
        if (hit) {
            hits++;
        } else {
            nearMisses++;
            statementsAtNearMiss = statements;
        }
    }

    /** Elsewhere, after so many statements of the request. */
    void far(boolean hit, int statements) {
        if (!hit) {
            misses++;
            return;
        }
        hits++;
        if (nearMisses > 0 && statements == statementsAtNearMiss) {
            nearMisses--;
        }
    }

    int hits() {
        return hits;
    }

    int misses() {
        return misses + nearMisses;
    }
}
