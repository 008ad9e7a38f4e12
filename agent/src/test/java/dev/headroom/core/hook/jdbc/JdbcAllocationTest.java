package dev.headroom.core.hook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** In steady state an SQL call costs the application no memory. */
class JdbcAllocationTest {
    private static final int CALLS = 50_000;

    private final JdbcCalls calls = new JdbcCalls(new Recorder(Clock.SYSTEM, 10));
    private final Connection connection = stub(Connection.class, null);
    private final Statement statement = stub(Statement.class, connection);
    private final ResultSet rows = stub(ResultSet.class, null);

    private static <T> T stub(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                JdbcAllocationTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer));
    }

    private static void assertFree(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).as("bytes of " + CALLS + " calls").isLessThan(CALLS / 10);
    }

    private static Call begun(Call call) {
        assertThat(call == null).isFalse();
        return call;
    }

    @Test
    void textIsFree() {
        assertFree(() -> {
            Call call = calls.beginText(statement, "select a, b from t where c in (1, 2, 3) and d = 'secret' -- x");
            calls.end(call, false, Boolean.FALSE, null);
        });
    }

    @Test
    void preparedIsFreeWhereItsTextIsRemembered() {
        calls.databases.opened(connection, "jdbc:postgresql://db/shop");
        calls.prepared(statement, "select a from t where b = ?", connection);
        assertThat(calls.remembered()).isEqualTo(1);
        assertFree(() -> calls.end(begin(), false, rows, null));
    }

    @Test
    void preparedIsFreeWhereTheDriverTellsItsText() {
        assertFree(() -> {
            calls.told(statement, "select a from t where b = ?");
            calls.end(begin(), false, rows, null);
        });
        calls.prepared(statement, "select a from t where b = ?", connection);
        assertThat(calls.remembered()).isZero();
    }

    @Test
    void skippingRowsIsFree() {
        JdbcProbes.Parameter parameter = new JdbcProbes.Parameter(calls);
        calls.databases.opened(connection, "jdbc:postgresql://db/shop");
        assertFree(() -> {
            calls.told(statement, "select a from t limit 10 offset $1");
            calls.prepared(statement, "select a from t limit 10 offset ?", connection);
            parameter.mark(statement, 1L << JdbcProbes.Parameter.VALUE_BITS | 5000);
            calls.end(begin(), false, rows, null);
        });
    }

    private Call begin() {
        return calls.beginPrepared(statement);
    }

    @Test
    void readingRowsIsFree() {
        JdbcProbes.Row row = new JdbcProbes.Row(calls);
        calls.end(begun(calls.beginText(statement, "select a from t")), false, rows, null);
        assertFree(() -> row.mark(row.enter(rows, null, null), 1));
    }

    @Test
    void transactionsAreFree() {
        calls.databases.opened(connection, "jdbc:postgresql://db/shop");
        calls.created(statement, connection);
        StatementProbes.TransactionEnd commit =
                new StatementProbes.TransactionEnd(calls, "COMMIT", Transactions.COMMIT);
        StatementProbes.AutoCommit autoCommit = new StatementProbes.AutoCommit(calls);
        assertFree(() -> {
            autoCommit.exit(autoCommit.enter(connection, null, null), null, null);
            Call call = calls.beginText(statement, "select a from t");
            calls.end(call, false, Boolean.FALSE, null);
            commit.exit(commit.enter(connection, null, null), null, null);
            autoCommit.exit(autoCommit.enter(connection, connection, null), null, null);
        });
    }

    @Test
    void committingIsFree() {
        StatementProbes.TransactionEnd commit =
                new StatementProbes.TransactionEnd(calls, "COMMIT", Transactions.COMMIT);
        assertFree(() -> commit.exit(commit.enter(connection, null, null), null, null));
    }
}
