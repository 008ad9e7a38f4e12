package dev.headroom.core.record;

import java.util.Arrays;

/**
 * How often each shape of statement ran within one request. Used by one thread at a time; used again, it allocates nothing.
 */
final class ShapeRuns {
    /** Shapes told apart in one request; the runs of further ones count as statements only. */
    static final int MAX_SHAPES = 64;

    private static final int FIRST_SHAPES = 8;

    /** Few, and the next statement is most likely the last one again: a look from the end is cheaper than a hash. */
    private long[] shapes = {};

    private int[] runs = {};
    private int distinct;

    /** A bit for each shape that changes data. */
    private long changing;

    private int mostReads;
    private int mostWrites;

    void clear() {
        distinct = 0;
        changing = 0;
        mostReads = 0;
        mostWrites = 0;
    }

    void read(long shape) {
        mostReads = Math.max(mostReads, add(shape, 1, false));
    }

    void write(long shape) {
        mostWrites = Math.max(mostWrites, add(shape, 1, true));
    }

    void addAll(ShapeRuns others) {
        for (int i = 0; i < others.distinct; i++) {
            boolean write = (others.changing >>> i & 1) != 0;
            int ran = add(others.shapes[i], others.runs[i], write);
            mostReads = write ? mostReads : Math.max(mostReads, ran);
            mostWrites = write ? Math.max(mostWrites, ran) : mostWrites;
        }
    }

    int distinct() {
        return distinct;
    }

    /** Most runs of one shape that reads. */
    int mostReads() {
        return mostReads;
    }

    /** Most runs of one shape that changes data. */
    int mostWrites() {
        return mostWrites;
    }

    /** Counts more runs of the shape and returns how many there were; only these for those that the cap keeps out. */
    private int add(long shape, int more, boolean write) {
        int last = Math.min(distinct, shapes.length) - 1;
        for (int i = last; i >= 0; i--) {
            if (shapes[i] == shape) {
                runs[i] += more;
                return runs[i];
            }
        }
        if (last + 1 == MAX_SHAPES) {
            return more;
        }
        if (last + 1 == shapes.length) {
            int longer = Math.max(FIRST_SHAPES, shapes.length * 2);
            runs = Arrays.copyOf(runs, longer);
            shapes = Arrays.copyOf(shapes, longer);
        }
        distinct = last + 2;
        shapes[last + 1] = shape;
        runs[last + 1] = more;
        if (write) {
            changing |= 1L << (last + 1);
        }
        return more;
    }
}
