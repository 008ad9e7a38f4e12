package dev.headroom.core.hook.jdbc;

import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.OpenTransaction;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * How transactions of JDBC connections begin and end: by the connection's methods, by what is left of one when it is switched to
 * auto-commit or closed, or by the text of a statement. Thread-safe.
 */
final class JdbcTransactions {
    private final JdbcCalls calls;
    private final Recorder recorder;

    JdbcTransactions(JdbcCalls calls, Recorder recorder) {
        this.calls = calls;
        this.recorder = recorder;
    }

    /**
     * A statement was run, within the transaction that is open, or to begin or end one.
     *
     * @return whether it is a statement like others
     */
    boolean ran(JdbcThread thread, Call call, @Nullable Throwable thrown, long now) {
        Session session = thread.session;
        SqlShape shape = thread.shape;
        TransactionWord word = shape == null ? TransactionWord.NONE : shape.word();
        OpenTransaction open = session == null ? null : session.open();
        long nanos = Clock.elapsed(call.startNanos(), now);
        if (word == TransactionWord.NONE) {
            if (open != null) {
                open.ran(nanos);
                call.within(open);
            }
            return true;
        }
        if (session != null && word == TransactionWord.BEGIN) {
            session.begun(thrown == null);
        } else if (session != null) {
            if (open != null) {
                open.busy(nanos);
                call.within(open);
                String outcome = word == TransactionWord.COMMIT ? Transactions.COMMIT : Transactions.ROLLBACK;
                ended(session, open, outcome, thrown, now);
            }
            session.finished();
        }
        return false;
    }

    /** @return null within another SQL call */
    @Nullable
    Call beginTransactionEnd(Connection connection, SqlShape shape) {
        JdbcThread thread = calls.thread();
        if (thread.stack.inside(CallStack.Kind.SQL)) {
            return null;
        }
        return calls.begin(thread, connection, shape, calls.databases.of(connection, thread.lookup));
    }

    /**
     * As {@link JdbcCalls#beginSilence}, while the application says whether it ends transactions itself.
     *
     * @return null within another SQL call
     */
    @Nullable
    Call beginAutoCommit(Connection connection, boolean on) {
        Call call = calls.beginSilence();
        if (call != null) {
            JdbcThread thread = calls.thread();
            call.owner(thread);
            thread.session =
                    on ? calls.databases.of(connection, thread.lookup) : calls.databases.own(connection, thread.lookup);
            thread.autoCommit = on;
        }
        return call;
    }

    /** Switching to auto-commit commits what is open; the setting of a connection that refused stays. */
    void endAutoCommit(Call call, @Nullable Throwable thrown) {
        JdbcThread thread = calls.thread(call);
        call.discard();
        Session session = thread.session;
        if (thrown == null && session != null) {
            session.manual(!thread.autoCommit);
            if (thread.autoCommit) {
                ended(session, Transactions.COMMIT);
            }
        }
    }

    /** A connection is closed: what becomes of an open transaction is the database's decision. */
    void connectionClosed(Connection connection) {
        JdbcThread thread = calls.thread();
        if (!thread.stack.inside(CallStack.Kind.SQL)) {
            Session session = calls.databases.of(connection, thread.lookup);
            ended(session, Transactions.CLOSE);
            session.finished();
        }
    }

    void endTransactionEnd(Call call, String outcome, @Nullable Throwable thrown) {
        long now = recorder.nanos();
        JdbcThread thread = calls.thread(call);
        Session session = thread.session;
        OpenTransaction open = session == null ? null : session.open();
        if (session != null && open != null) {
            open.busy(Clock.elapsed(call.startNanos(), now));
            call.within(open);
            ended(session, open, outcome, thrown, now);
        }
        if (session != null) {
            session.finished();
        }
        JdbcCalls.finish(call, now, calls.measured(thread, false), thrown);
    }

    private void ended(Session session, String outcome) {
        OpenTransaction open = session.open();
        if (open != null) {
            long now = recorder.nanos();
            CallStack.current().resumes(now);
            ended(session, open, outcome, null, now);
        }
    }

    private void ended(Session session, OpenTransaction open, String outcome, @Nullable Throwable thrown, long now) {
        open.end();
        RequestScope request = CallStack.current().request();
        String route = request.active() ? request.route() : null;
        session.transactions()
                .ended(
                        open,
                        outcome,
                        thrown == null ? null : thrown.getClass().getName(),
                        route == null && request.active() ? request.mapping() : route,
                        now,
                        recorder);
    }
}
