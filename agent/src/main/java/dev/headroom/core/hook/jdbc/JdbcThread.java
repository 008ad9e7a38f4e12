package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.CallStack;
import dev.headroom.sql.SqlFingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What one thread is doing with JDBC: the statement it runs, and which results it reads. Objects of the application are remembered
 * by identity hash, never held: a wrong match among eight would take two equal hashes at once on one thread. Used by its own
 * thread only; allocates nothing after it was made.
 */
final class JdbcThread {
    private static final int READERS = 8;

    final CallStack stack = CallStack.current();
    final SqlFingerprint fingerprint = new SqlFingerprint();
    final WeakIdentityMap.Lookup lookup = new WeakIdentityMap.Lookup();

    /** Of the outermost call in flight; null until somebody knows it. */
    @Nullable
    SqlShape shape;

    @Nullable
    Database database;

    int statement;
    long rows;

    /** The result set whose row is being read. */
    @Nullable
    Measured row;

    private int rowSince;

    private @Nullable String told;
    private int toldOf;

    private final int[] readers = new int[READERS];
    private final @Nullable Measured[] read = new @Nullable Measured[READERS];
    private int oldest;

    /** Whether a row is being read, so that a layer's inner result set does not count it again. */
    boolean readsRow() {
        return row != null && rowSince == stack.abandoned();
    }

    void readRow(Measured measured) {
        row = measured;
        rowSince = stack.abandoned();
    }

    /** A statement keeps this text; its execution begins next. */
    void tell(String sql, Object statementItself) {
        told = sql;
        toldOf = System.identityHashCode(statementItself);
    }

    /** The text last told of this statement, once. */
    @Nullable
    String told(Object statementItself) {
        String sql = told;
        told = null;
        return sql != null && toldOf == System.identityHashCode(statementItself) ? sql : null;
    }

    /** What is read from this result set, or from results of this statement, belongs there. */
    void reads(int identity, Measured measured) {
        int slot = 0;
        while (slot < READERS && readers[slot] != identity) {
            slot++;
        }
        if (slot == READERS) {
            slot = oldest;
            oldest = (oldest + 1) % READERS;
        }
        readers[slot] = identity;
        read[slot] = measured;
    }

    @Nullable
    Measured reading(int identity) {
        for (int i = 0; i < READERS; i++) {
            if (readers[i] == identity) {
                return read[i];
            }
        }
        return null;
    }
}
