package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.OpenTransaction;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.sql.SqlDialect;
import dev.headroom.sql.SqlOffset;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * SQL calls of all threads: begins and ends them, and knows statements by what they were prepared with. Of calls within calls the
 * outermost is timed; what it does not know of itself, such as its text, the inner ones tell.
 *
 * <p>Thread-safe. Running a statement that was run before allocates nothing.
 */
final class JdbcCalls {
    private static final int MAX_PREPARED = 100_000;

    /** Stands for statements prepared before the agent saw them, by drivers that do not keep the text. */
    private static final String UNKNOWN_TEXT = "?";

    final SqlShapes shapes = new SqlShapes();
    final Databases databases;
    final JdbcTransactions transactions;
    private final Recorder recorder;

    private final PerThread<JdbcThread> threads = new PerThread<JdbcThread>() {
        @Override
        protected JdbcThread initial() {
            return new JdbcThread();
        }
    };

    private final WeakIdentityMap<SqlShape> prepared = new WeakIdentityMap<>(MAX_PREPARED);
    final Batches batches = new Batches();

    /** Whether statements of a class were seen to tell their text, so that nothing need be remembered for them. */
    private final ClassValue<boolean[]> tells = new ClassValue<boolean[]>() {
        @Override
        protected boolean[] computeValue(Class<?> type) {
            return new boolean[1];
        }
    };

    JdbcCalls(Recorder recorder) {
        this.recorder = recorder;
        this.databases = new Databases(recorder);
        this.transactions = new JdbcTransactions(this, recorder);
        recorder.gauges(
                new Gauges() { // A reading of nothing: the agent's thread passes by once per window.
                    @Override
                    public void read(Sink sink) {
                        purge();
                    }
                });
    }

    /** What happens while nobody looks would leave a batch's earlier texts behind, and transactions open. */
    void forgetOpen() {
        batches.clear();
        databases.forgetTransactions();
    }

    private void purge() {
        prepared.purge();
        batches.purge();
        databases.purge();
    }

    JdbcThread thread() {
        return threads.get();
    }

    /** The thread that began the call. */
    JdbcThread thread(Call call) {
        Object owner = call.owner();
        return owner instanceof JdbcThread ? (JdbcThread) owner : thread();
    }

    /** A driver opened a connection; of drivers within drivers the outermost counts for the request. */
    void opened(Object connection, String url) {
        databases.opened(connection, url);
        JdbcThread thread = thread();
        if (!thread.stack.inside(CallStack.Kind.SQL)) {
            thread.stack.request().connectionOpened();
        }
    }

    /** A connection gave out this statement. */
    void created(Object statement, Connection connection) {
        databases.created(statement, connection, thread().lookup);
    }

    /** A connection gave out this statement for this text. */
    void prepared(Object statement, String sql, Connection connection) {
        boolean silent = !tells.get(statement.getClass())[0];
        if (!silent && !shapes.anyPaged()) {
            return; // Of all that tell their text later, the very first with an offset goes by.
        }
        JdbcThread thread = thread();
        SqlDialect dialect = databases.of(connection, thread.lookup).database.dialect;
        SqlShape shape = shapes.ofPrepared(sql, dialect, thread.fingerprint);
        if (silent) {
            databases.created(statement, connection, thread.lookup);
            prepared.put(statement, shape);
        }
        if (shape.paged) {
            thread.paged.prepared(statement, sql, dialect);
        }
    }

    /** A whole number was set as a parameter. */
    void parameter(Object statement, int index, long value) {
        if (shapes.anyPaged()) {
            thread().paged.set(statement, index, value);
        }
    }

    void closed(Object statement) {
        JdbcThread thread = thread();
        int identity = System.identityHashCode(statement);
        thread.closedResults(identity);
        thread.paged.closed(identity);
        if (!tells.get(statement.getClass())[0]) {
            prepared.remove(statement, thread.lookup);
            databases.closed(statement, thread.lookup);
            batches.remove(statement, thread.lookup);
        }
    }

    /** The driver's own statement says what it runs: to the call in flight, else to the one that is about to begin. */
    void told(Object statement, String sql) {
        tells.get(statement.getClass())[0] = true;
        JdbcThread thread = thread();
        if (!thread.stack.inside(CallStack.Kind.SQL)) {
            thread.tell(sql, statement);
        } else if (thread.shape == null) {
            inner(thread, statement, shapes.ofPrepared(sql, database(thread).dialect, thread.fingerprint));
        }
    }

    /** What the call in flight runs is known from the statement within. */
    private static void inner(JdbcThread thread, Object statement, @Nullable SqlShape shape) {
        thread.shape = shape;
        if (shape != null && shape.paged) {
            thread.skipped = thread.paged.offset(System.identityHashCode(statement));
        }
    }

    private static Database database(JdbcThread thread) {
        return Objects.requireNonNull(thread.database, "a call in flight has a database");
    }

    /** A layer over a driver does not know the database; the driver does. */
    private void refineDatabase(JdbcThread thread, Statement inner) {
        Database outer = thread.database;
        if (outer != null && databases.isUnknown(outer)) {
            Database known = databases.of(inner, thread.lookup).database;
            thread.database = known;
            Session session = thread.session;
            if (session != null) {
                session.refine(known);
            }
        }
    }

    /** @return null within another SQL call */
    @Nullable
    Call beginText(Statement statement, String sql) {
        JdbcThread thread = thread();
        if (thread.stack.inside(CallStack.Kind.SQL)) {
            refineDatabase(thread, statement);
            return null;
        }
        Session session = databases.of(statement, thread.lookup);
        SqlDialect dialect = session.database.dialect;
        SqlShape shape = shapes.of(sql, dialect, thread.fingerprint);
        Call call = run(thread, statement, shape, session);
        if (shape.paged) {
            thread.skipped = thread.paged.said(sql, dialect);
        }
        return call;
    }

    /** @return null within another SQL call */
    @Nullable
    Call beginPrepared(Statement statement) {
        JdbcThread thread = thread();
        if (thread.stack.inside(CallStack.Kind.SQL)) {
            refineDatabase(thread, statement);
            if (thread.shape == null) {
                inner(thread, statement, prepared.get(statement, thread.lookup));
            }
            return null;
        }
        Session session = databases.of(statement, thread.lookup);
        String told = thread.told(statement);
        SqlShape shape = told != null
                ? shapes.ofPrepared(told, session.database.dialect, thread.fingerprint)
                : prepared.get(statement, thread.lookup);
        return run(thread, statement, shape, session);
    }

    /** @return null within another SQL call */
    @Nullable
    Call beginBatch(Statement statement) {
        JdbcThread thread = thread();
        boolean outermost = !thread.stack.inside(CallStack.Kind.SQL);
        List<SqlShape> texts = batches.remove(statement, thread.lookup);
        if (texts == null) {
            return beginPrepared(statement);
        }
        SqlShape shape = shapes.ofBatch(texts);
        if (outermost) {
            return run(thread, statement, shape, databases.of(statement, thread.lookup));
        }
        if (thread.shape == null) {
            thread.shape = shape;
        }
        return null;
    }

    /**
     * What runs until this call is discarded is the driver's own business.
     *
     * @return null within another SQL call
     */
    @Nullable
    Call beginSilence() {
        JdbcThread thread = thread();
        if (thread.stack.inside(CallStack.Kind.SQL)) {
            return null;
        }
        thread.shape = shapes.overflow(); // Known, so that nobody tells.
        return thread.stack.begin(CallStack.Kind.SQL, null, 0);
    }

    /** Begins a statement, which may be the first of a transaction. */
    private Call run(JdbcThread thread, Object target, @Nullable SqlShape shape, Session session) {
        Call call = begin(thread, target, shape, session);
        if (shape == null || shape.word() == TransactionWord.NONE) {
            session.runs(thread.stack, call.startNanos());
        }
        return call;
    }

    Call begin(JdbcThread thread, Object target, @Nullable SqlShape shape, Session session) {
        thread.shape = shape;
        thread.session = session;
        thread.database = session.database;
        thread.statement = System.identityHashCode(target);
        thread.closedResults(thread.statement);
        thread.rows = 0;
        thread.skipped = shape != null && shape.paged ? thread.paged.offset(thread.statement) : SqlOffset.UNKNOWN;
        Call call = thread.stack.begin(CallStack.Kind.SQL, null, recorder.nanos());
        call.owner(thread);
        thread.stack.resumes(call.startNanos());
        return call;
    }

    void end(Call call, boolean batch, @Nullable Object result, @Nullable Throwable thrown) {
        long now = recorder.nanos();
        JdbcThread thread = thread(call);
        Measured measured = measured(thread, batch);
        if (result instanceof ResultSet) {
            reads(thread, result, measured, thread.statement);
        } else if (Boolean.TRUE.equals(result)) {
            thread.readsLater(thread.statement, measured);
        }
        if (thread.rows > 0) {
            measured.rows.add(thread.rows);
            call.rows(thread.rows);
        }
        if (thread.skipped >= 0 && thrown == null) {
            measured.skipped(thread.skipped);
        }
        if (transactions.ran(thread, call, thrown, now)) {
            measured.countIn(thread.stack.request());
        }
        finish(call, now, measured, thrown);
        SqlShape shape = thread.shape;
        if (shape != null && recorder.callers().wanted()) {
            recorder.callers().ran(shape.fingerprint());
        }
    }

    /** A statement gave out this result. */
    void reads(JdbcThread thread, Object result, Measured measured, int statement) {
        if (measured.columns == Measured.NOT_ASKED) {
            measured.columns = databases.columns((ResultSet) result);
        }
        thread.reads(System.identityHashCode(result), measured, statement);
    }

    /** @return null when no row of a known result is being read */
    @Nullable
    JdbcThread beginFetch() {
        JdbcThread thread = thread();
        if (!thread.readsRow()) {
            return null;
        }
        thread.fetchSince = recorder.nanos();
        return thread;
    }

    void endFetch(JdbcThread thread, @Nullable Throwable thrown) {
        Measured measured = thread.row;
        if (measured != null) {
            long nanos = Clock.elapsed(thread.fetchSince, recorder.nanos());
            measured.fetched(nanos, thrown == null ? null : thrown.getClass().getName());
            OpenTransaction open = thread.stack.transaction();
            if (open != null) {
                open.busy(nanos);
            }
        }
    }

    static void finish(Call call, long now, Measured measured, @Nullable Throwable thrown) {
        call.series(measured.durations);
        call.end(now, thrown == null ? null : thrown.getClass().getName());
    }

    Measured measured(JdbcThread thread, boolean batch) {
        Database database = database(thread);
        SqlShape shape = thread.shape;
        if (shape == null) {
            shape = shapes.of(UNKNOWN_TEXT, database.dialect, thread.fingerprint);
        }
        return (batch ? shape.batched() : shape).in(database, recorder);
    }

    void addToBatch(Statement statement, String sql) {
        JdbcThread thread = thread();
        Database database = databases.of(statement, thread.lookup).database;
        batches.add(statement, shapes.of(sql, database.dialect, thread.fingerprint), thread.lookup);
    }

    /** Statements remembered now. */
    int remembered() {
        return prepared.size() + batches.size();
    }
}
