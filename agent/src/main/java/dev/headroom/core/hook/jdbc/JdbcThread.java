package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.CallStack;
import dev.headroom.sql.SqlFingerprint;
import dev.headroom.sql.SqlOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one thread is doing with JDBC: the statement it runs, and which results it reads. Objects of the application are remembered
 * by identity hash, never held: a wrong match among eight would take two equal hashes at once on one thread. Used by its own
 * thread only; allocates nothing after it was made.
 */
final class JdbcThread {
    private static final int READERS = 8;

    /** In the place of a count: a statement, whose results may come to be read. */
    private static final int NO_RESULT = -1;

    /** In the place of a count: the rows of the result were recorded. */
    private static final int TOLD = -2;

    final CallStack stack = CallStack.current();
    final SqlFingerprint fingerprint = new SqlFingerprint();
    final WeakIdentityMap.Lookup lookup = new WeakIdentityMap.Lookup();

    /** Of the outermost call in flight; null until somebody knows it. */
    @Nullable
    SqlShape shape;

    @Nullable
    Database database;

    /** The connection of the call in flight. */
    @Nullable
    Session session;

    /** What is being set. */
    boolean autoCommit;

    int statement;
    long rows;

    /** What the statement in flight was told to skip; {@link SqlOffset#UNKNOWN} until somebody knows. */
    long skipped;

    final PagedStatements paged = new PagedStatements();

    /** The result set whose row is being read. */
    @Nullable
    Measured row;

    /** When it began to fetch rows. */
    long fetchSince;

    private int rowSince;

    private @Nullable String told;
    private int toldOf;

    /** The result set whose row is being read, by place and identity. */
    private int rowSlot;

    private int rowOf;

    private final int[] readers = new int[READERS];
    private final @Nullable Measured[] read = new @Nullable Measured[READERS];

    /** Rows read of each result so far, or {@link #NO_RESULT}, or {@link #TOLD}. */
    private final int[] counts = new int[READERS];

    /** The statement that each result came from. */
    private final int[] owners = new int[READERS];

    /** Counts that are none of the two. */
    private int open;

    private int oldest;

    JdbcThread() {
        Arrays.fill(counts, TOLD);
    }

    /** Whether a row is being read, so that a layer's inner result set does not count it again. */
    boolean readsRow() {
        return row != null && rowSince == stack.abandoned();
    }

    /** Begins to read a row of the result; false when nothing is known of it. */
    boolean readRow(Object resultSet) {
        int identity = System.identityHashCode(resultSet);
        int slot = slot(identity);
        Measured measured = slot < 0 ? null : read[slot];
        if (measured == null) {
            return false;
        }
        row = measured;
        rowSlot = slot;
        rowOf = identity;
        rowSince = stack.abandoned();
        return true;
    }

    /** The row was read, or there was none: then the result is at its end. */
    void rowRead(boolean there) {
        Measured measured = row;
        row = null;
        if (measured == null) {
            return;
        }
        boolean same = readers[rowSlot] == rowOf && counts[rowSlot] >= 0;
        if (there) {
            measured.rows.add(1);
            stack.request().rows(1);
            if (same) {
                counts[rowSlot]++;
            }
        } else if (same) {
            tell(rowSlot);
        }
    }

    /** Records how many rows were read of a result that is done with. */
    private void tell(int slot) {
        Measured measured = read[slot];
        int rows = counts[slot];
        counts[slot] = TOLD;
        open--;
        if (measured != null) {
            measured.returned(rows);
            stack.request().returned(measured.durations, rows);
        }
    }

    /** The result set was closed. */
    void closed(Object resultSet) {
        if (open > 0) {
            int slot = slot(System.identityHashCode(resultSet));
            if (slot >= 0 && counts[slot] >= 0) {
                tell(slot);
            }
        }
    }

    /** The statement was closed, or runs again: its results are closed thereby. */
    void closedResults(int statementIdentity) {
        for (int i = 0; open > 0 && i < READERS; i++) {
            if (owners[i] == statementIdentity && counts[i] >= 0) {
                tell(i);
            }
        }
    }

    private int slot(int identity) {
        for (int i = 0; i < READERS; i++) {
            if (readers[i] == identity) {
                return i;
            }
        }
        return -1;
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

    /** What is read from this result of the statement belongs there. */
    void reads(int identity, Measured measured, int statementIdentity) {
        int slot = slot(identity);
        if (slot >= 0 && counts[slot] >= 0 && read[slot] == measured && owners[slot] == statementIdentity) {
            return; // asked for once more
        }
        slot = place(slot, identity, measured);
        counts[slot] = 0;
        owners[slot] = statementIdentity;
        open++;
    }

    /** What is read from results of this statement belongs there. */
    void readsLater(int statementIdentity, Measured measured) {
        counts[place(slot(statementIdentity), statementIdentity, measured)] = NO_RESULT;
    }

    private int place(int known, int identity, Measured measured) {
        int slot = known;
        if (slot < 0) {
            slot = free();
            oldest = (slot + 1) % READERS;
        }
        if (counts[slot] >= 0) {
            tell(slot);
        }
        readers[slot] = identity;
        read[slot] = measured;
        return slot;
    }

    /** Results that are done with go first: one that is being read stays while a query for each of its rows comes and goes. */
    private int free() {
        for (int i = 0; i < READERS; i++) {
            int slot = (oldest + i) % READERS;
            if (counts[slot] == TOLD) {
                return slot;
            }
        }
        return oldest;
    }

    @Nullable
    Measured reading(int identity) {
        int slot = slot(identity);
        return slot < 0 ? null : read[slot];
    }
}
