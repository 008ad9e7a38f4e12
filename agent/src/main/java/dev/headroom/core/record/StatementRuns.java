package dev.headroom.core.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often a request ran each statement, and how long it took, by the series that the statement is recorded in. Used by one thread at a
 * time; used again, it allocates nothing.
 */
final class StatementRuns {
    /** Told apart in one request; further ones are not. */
    static final int MAX = 64;

    private static final int FIRST = 8;

    private @Nullable Series[] series = {};
    private int[] runs = {};
    private long[] nanos = {};
    private int size;

    void clear() {
        size = 0;
    }

    void add(Series statement, int more, long took) {
        // From the end: a loop runs the last one again.
        for (int i = size - 1; i >= 0; i--) {
            if (series[i] == statement) {
                runs[i] += more;
                nanos[i] += took;
                return;
            }
        }
        if (size == MAX) {
            return;
        }
        if (size == series.length) {
            int longer = Math.max(FIRST, size * 2);
            series = Arrays.copyOf(series, longer);
            runs = Arrays.copyOf(runs, longer);
            nanos = Arrays.copyOf(nanos, longer);
        }
        series[size] = statement;
        runs[size] = more;
        nanos[size] = took;
        size++;
    }

    void addAll(StatementRuns others) {
        for (int i = 0; i < others.size; i++) {
            Series statement = others.series[i];
            if (statement != null) {
                add(statement, others.runs[i], others.nanos[i]);
            }
        }
    }

    int size() {
        return size;
    }

    @Nullable
    Series series(int index) {
        return series[index];
    }

    int runs(int index) {
        return runs[index];
    }

    long nanos(int index) {
        return nanos[index];
    }
}
