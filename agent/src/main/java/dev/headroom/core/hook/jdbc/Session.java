package dev.headroom.core.hook.jdbc;

import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.OpenTransaction;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A connection as we know it: where it leads, and its transaction. Does not refer to the connection. Used by one thread at a time,
 * as connections are; one without a transaction of its own is immutable and may stand for many.
 */
final class Session {
    final Database database;
    private final @Nullable OpenTransaction transaction;

    /** Whether the application ends transactions itself. */
    private boolean manual;

    /** Whether a statement began a transaction by its text. */
    private boolean begun;

    /** Where its transactions take place. */
    private Database inner;

    /** For connections of which nothing but the driver is known. */
    Session(Database database) {
        this.database = database;
        this.inner = database;
        this.transaction = null;
    }

    Session(Database database, Recorder recorder) {
        this.database = database;
        this.inner = database;
        this.transaction = new OpenTransaction(recorder);
    }

    void manual(boolean on) {
        manual = on;
    }

    /** @param byText whether the statement that has just run begins a transaction; other statements change nothing */
    void begun(boolean byText) {
        if (byText && transaction != null) {
            begun = true;
        }
    }

    /** A statement ended the transaction by its text. */
    void finished() {
        if (begun) {
            begun = false;
        }
    }

    /** A statement begins: if none is open, a transaction does too, unless every statement is one by itself. */
    void runs(CallStack stack, long nowNanos) {
        OpenTransaction own = transaction;
        if ((manual || begun) && own != null && !own.isOpen()) {
            own.begin(stack, nowNanos);
        }
    }

    /** A layer's connection: the driver beneath knows where it leads. */
    void refine(Database known) {
        if (transaction != null) {
            inner = known;
        }
    }

    Transactions transactions() {
        return inner.transactions;
    }

    /** Nobody will see how the open transaction ends. */
    void forget() {
        OpenTransaction own = transaction;
        if (own != null) {
            own.end();
        }
    }

    /** The transaction that is open, or null. */
    @Nullable
    OpenTransaction open() {
        OpenTransaction own = transaction;
        return own != null && own.isOpen() ? own : null;
    }
}
