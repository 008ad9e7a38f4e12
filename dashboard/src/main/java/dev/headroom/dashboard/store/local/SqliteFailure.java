package dev.headroom.dashboard.store.local;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What an error of SQLite means for the file. */
enum SqliteFailure {
    /** What is in the file cannot be true. */
    DAMAGED,
    /** No space is left. */
    FULL,
    /** The disk refuses or fails. */
    DISK,
    /** A wrong statement, a lock that is not given: nothing is wrong with the file. */
    OTHER;

    private static final int PRIMARY = 0xFF;

    static SqliteFailure of(Throwable failure) {
        if (failure instanceof DamagedException) {
            return DAMAGED;
        }
        if (!(failure instanceof SQLException sql)) {
            return OTHER;
        }
        int code = sql.getErrorCode() & PRIMARY;
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return DAMAGED;
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return FULL;
        }
        boolean refused = code == SQLiteErrorCode.SQLITE_IOERR.code
                || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_PERM.code;
        return refused ? DISK : OTHER;
    }

    boolean disk() {
        return this == FULL || this == DISK;
    }
}
