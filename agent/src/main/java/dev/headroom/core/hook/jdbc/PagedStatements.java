package dev.headroom.core.hook.jdbc;

import dev.headroom.sql.SqlDialect;
import dev.headroom.sql.SqlOffset;

/**
 * The statements that one thread prepared last of those that skip rows: which parameter says how many, and how many it says.
 * Remembered by identity hash, never held, as {@link JdbcThread} does; what another thread sets is not seen. Used by its own thread
 * only; allocates nothing after it was made.
 */
final class PagedStatements {
    /** A pool's and its driver's of several queries at once. */
    private static final int MOST = 8;

    private final SqlOffset reader = new SqlOffset();
    private final int[] statements = new int[MOST];

    /** 0 where the text says it, or where the place is free. */
    private final int[] parameters = new int[MOST];

    private final long[] offsets = new long[MOST];

    /** Places that were ever taken. */
    private int taken;

    private int oldest;

    /** A statement of this text was prepared. */
    void prepared(Object statement, String sql, SqlDialect dialect) {
        if (!reader.read(sql, dialect)) {
            return;
        }
        int identity = System.identityHashCode(statement);
        int place = place(identity);
        if (place < 0) {
            place = oldest;
            oldest = (oldest + 1) % MOST;
            taken = Math.max(taken, place + 1);
        }
        statements[place] = identity;
        parameters[place] = reader.parameter();
        offsets[place] = reader.rows();
    }

    /** A parameter of a statement was set. */
    void set(Object statement, int parameter, long value) {
        if (taken > 0) {
            int place = place(System.identityHashCode(statement));
            if (place >= 0 && parameters[place] == parameter) {
                offsets[place] = value;
            }
        }
    }

    /** What the statement skips when it runs now; {@link SqlOffset#UNKNOWN} where that is not known. */
    long offset(int identity) {
        int place = place(identity);
        return place < 0 ? SqlOffset.UNKNOWN : offsets[place];
    }

    /** What a text that is not prepared says of itself. */
    long said(String sql, SqlDialect dialect) {
        return reader.read(sql, dialect) ? reader.rows() : SqlOffset.UNKNOWN;
    }

    void closed(int identity) {
        int place = taken == 0 ? -1 : place(identity);
        if (place >= 0) {
            statements[place] = 0;
            parameters[place] = 0;
            offsets[place] = SqlOffset.UNKNOWN;
        }
    }

    private int place(int identity) {
        for (int i = 0; i < taken; i++) {
            if (statements[i] == identity) {
                return i;
            }
        }
        return -1;
    }
}
