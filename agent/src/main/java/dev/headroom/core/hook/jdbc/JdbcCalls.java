package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
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
    private static final int MAX_BATCHES = 10_000;

    /** Stands for statements prepared before the agent saw them, by drivers that do not keep the text. */
    private static final String UNKNOWN_TEXT = "?";

    final SqlShapes shapes = new SqlShapes();
    final Databases databases = new Databases();
    private final Recorder recorder;

    private final PerThread<JdbcThread> threads = new PerThread<JdbcThread>() {
        @Override
        protected JdbcThread initial() {
            return new JdbcThread();
        }
    };

    private final WeakIdentityMap<SqlShape> prepared = new WeakIdentityMap<>(MAX_PREPARED);
    private final WeakIdentityMap<List<SqlShape>> batches = new WeakIdentityMap<>(MAX_BATCHES);

    /** Whether statements of a class were seen to tell their text, so that nothing need be remembered for them. */
    private final ClassValue<boolean[]> tells = new ClassValue<boolean[]>() {
        @Override
        protected boolean[] computeValue(Class<?> type) {
            return new boolean[1];
        }
    };

    JdbcCalls(Recorder recorder) {
        this.recorder = recorder;
        recorder.gauges(
                new Gauges() { // A reading of nothing: the agent's thread passes by once per window.
                    @Override
                    public void read(Sink sink) {
                        purge();
                    }
                });
    }

    /** What is added to a batch, or run, while nobody looks would leave the batch's earlier texts behind. */
    void forgetBatches() {
        batches.clear();
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

    /** A connection gave out this statement. */
    void created(Object statement, Connection connection) {
        databases.created(statement, connection, thread().lookup);
    }

    /** A connection gave out this statement for this text. */
    void prepared(Object statement, String sql, Connection connection) {
        if (!tells.get(statement.getClass())[0]) {
            JdbcThread thread = thread();
            databases.created(statement, connection, thread.lookup);
            Database database = databases.of(connection, thread.lookup);
            prepared.put(statement, shapes.ofPrepared(sql, database.dialect, thread.fingerprint));
        }
    }

    void closed(Object statement) {
        if (!tells.get(statement.getClass())[0]) {
            JdbcThread thread = thread();
            prepared.remove(statement, thread.lookup);
            databases.closed(statement, thread.lookup);
            forgetBatch(statement);
        }
    }

    /** The driver's own statement says what it runs: to the call in flight, else to the one that is about to begin. */
    void told(Object statement, String sql) {
        tells.get(statement.getClass())[0] = true;
        JdbcThread thread = thread();
        if (!thread.stack.inside(CallStack.Kind.SQL)) {
            thread.tell(sql, statement);
        } else if (thread.shape == null) {
            thread.shape = shapes.ofPrepared(sql, database(thread).dialect, thread.fingerprint);
        }
    }

    private static Database database(JdbcThread thread) {
        return Objects.requireNonNull(thread.database, "a call in flight has a database");
    }

    /** A layer over a driver does not know the database; the driver does. */
    private void refineDatabase(JdbcThread thread, Statement inner) {
        Database outer = thread.database;
        if (outer != null && databases.isUnknown(outer)) {
            thread.database = databases.of(inner, thread.lookup);
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
        Database database = databases.of(statement, thread.lookup);
        return begin(thread, statement, shapes.of(sql, database.dialect, thread.fingerprint), database);
    }

    /** @return null within another SQL call */
    @Nullable
    Call beginPrepared(Statement statement) {
        JdbcThread thread = thread();
        if (thread.stack.inside(CallStack.Kind.SQL)) {
            refineDatabase(thread, statement);
            if (thread.shape == null) {
                thread.shape = prepared.get(statement, thread.lookup);
            }
            return null;
        }
        Database database = databases.of(statement, thread.lookup);
        String told = thread.told(statement);
        SqlShape shape = told != null
                ? shapes.ofPrepared(told, database.dialect, thread.fingerprint)
                : prepared.get(statement, thread.lookup);
        return begin(thread, statement, shape, database);
    }

    /** @return null within another SQL call */
    @Nullable
    Call beginBatch(Statement statement) {
        JdbcThread thread = thread();
        boolean outermost = !thread.stack.inside(CallStack.Kind.SQL);
        List<SqlShape> texts = batches.isEmpty() ? null : batches.remove(statement, thread.lookup);
        if (texts == null) {
            return beginPrepared(statement);
        }
        SqlShape shape = shapes.ofBatch(texts);
        if (outermost) {
            return begin(thread, statement, shape, databases.of(statement, thread.lookup));
        }
        if (thread.shape == null) {
            thread.shape = shape;
        }
        return null;
    }

    /** @return null within another SQL call */
    @Nullable
    Call beginTransactionEnd(Connection connection, SqlShape shape) {
        JdbcThread thread = thread();
        if (thread.stack.inside(CallStack.Kind.SQL)) {
            return null;
        }
        return begin(thread, connection, shape, databases.of(connection, thread.lookup));
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

    private Call begin(JdbcThread thread, Object target, @Nullable SqlShape shape, Database database) {
        thread.shape = shape;
        thread.database = database;
        thread.statement = System.identityHashCode(target);
        thread.rows = 0;
        Call call = thread.stack.begin(CallStack.Kind.SQL, null, recorder.nanos());
        call.owner(thread);
        return call;
    }

    void end(Call call, boolean batch, @Nullable Object result, @Nullable Throwable thrown) {
        long now = recorder.nanos();
        JdbcThread thread = thread(call);
        Measured measured = measured(thread, batch);
        if (result instanceof ResultSet) {
            thread.reads(System.identityHashCode(result), measured);
        } else if (Boolean.TRUE.equals(result)) {
            thread.reads(thread.statement, measured);
        }
        if (thread.rows > 0) {
            measured.rows.add(thread.rows);
        }
        thread.stack.request().statement(measured.write);
        finish(call, now, measured, thrown);
    }

    void endTransactionEnd(Call call, @Nullable Throwable thrown) {
        long now = recorder.nanos();
        finish(call, now, measured(thread(call), false), thrown);
    }

    private static void finish(Call call, long now, Measured measured, @Nullable Throwable thrown) {
        call.series(measured.durations);
        call.end(now, thrown == null ? null : thrown.getClass().getName());
    }

    private Measured measured(JdbcThread thread, boolean batch) {
        Database database = database(thread);
        SqlShape shape = thread.shape;
        if (shape == null) {
            shape = shapes.of(UNKNOWN_TEXT, database.dialect, thread.fingerprint);
        }
        return (batch ? shape.batched() : shape).in(database, recorder);
    }

    void addToBatch(Statement statement, String sql) {
        JdbcThread thread = thread();
        Database database = databases.of(statement, thread.lookup);
        SqlShape shape = shapes.of(sql, database.dialect, thread.fingerprint);
        List<SqlShape> distinct = batches.get(statement, thread.lookup);
        if (distinct == null) {
            distinct = new ArrayList<>(2);
            batches.put(statement, distinct);
        }
        if (distinct.size() <= SqlShapes.MAX_BATCHED_SHAPES && !distinct.contains(shape)) {
            distinct.add(shape);
        }
    }

    void forgetBatch(Object statement) {
        if (!batches.isEmpty()) {
            batches.remove(statement, thread().lookup);
        }
    }

    /** Statements remembered now. */
    int remembered() {
        return prepared.size() + batches.size();
    }
}
