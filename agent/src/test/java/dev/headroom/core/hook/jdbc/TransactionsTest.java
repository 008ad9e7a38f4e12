package dev.headroom.core.hook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Behalf;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import dev.headroom.core.record.Window;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionsTest {
    private long millis;

    private final Clock clock = new Clock() {
        @Override
        public long wallMillis() {
            return millis;
        }

        @Override
        public long nanos() {
            return millis * 1_000_000;
        }
    };

    private final Recorder recorder = new Recorder(clock, 10);
    private final JdbcCalls calls = new JdbcCalls(recorder);
    private final StatementProbes.TransactionEnd commit =
            new StatementProbes.TransactionEnd(calls, "COMMIT", Transactions.COMMIT);
    private final StatementProbes.TransactionEnd rollback =
            new StatementProbes.TransactionEnd(calls, "ROLLBACK", Transactions.ROLLBACK);
    private final StatementProbes.AutoCommit autoCommit = new StatementProbes.AutoCommit(calls);
    private final CallStack stack = CallStack.current();
    private final Shop shop = new Shop();

    /** A connection and its statement. */
    private static final class Shop {
        final Connection connection = stub(Connection.class, null);
        final Statement statement = stub(Statement.class, connection);

        private static <T> T stub(Class<T> type, Object answer) {
            return type.cast(Proxy.newProxyInstance(
                    TransactionsTest.class.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> answer));
        }
    }

    @AfterEach
    void leaveNothingOpen() {
        stack.abandon();
    }

    private void set(Shop where, boolean on) {
        Object token = autoCommit.enter(where.connection, on ? where.connection : null, null);
        autoCommit.exit(Objects.requireNonNull(token), null, null);
    }

    private Shop open() {
        return open(shop);
    }

    private Shop open(Shop where) {
        calls.databases.opened(where.connection, "jdbc:postgresql://db/shop");
        calls.created(where.statement, where.connection);
        set(where, false);
        return where;
    }

    private void run(Shop where, long took) {
        run(where, "update t set a = 1", took);
    }

    private void run(Shop where, String sql, long took) {
        Call call = Objects.requireNonNull(calls.beginText(where.statement, sql));
        millis += took;
        calls.end(call, false, null, null);
    }

    private void end(StatementProbes.TransactionEnd how, long took, Throwable thrown) {
        Object token = Objects.requireNonNull(how.enter(shop.connection, null, null));
        millis += took;
        how.exit(token, null, thrown);
    }

    private static List<Window.Entry> of(Window window, Metric metric) {
        return window.entries().stream()
                .filter(entry -> entry.metric() == metric)
                .collect(Collectors.toList());
    }

    private static Window.Entry only(Window window, Metric metric) {
        List<Window.Entry> found = of(window, metric);
        assertThat(found).as(metric.metricName()).hasSize(1);
        assertThat(found.get(0).histogram().count()).isEqualTo(1);
        return found.get(0);
    }

    private static String attribute(Window.Entry entry, Attribute key) {
        return entry.attributes().toMap().get(key.key());
    }

    @Test
    void whatIsNotTheDatabasesTimeIsIdle() {
        open();
        run(shop, 10);
        millis += 700;
        run(shop, 20);
        end(commit, 5, null);
        Window window = recorder.rotate(0, 1);
        Window.Entry duration = only(window, Metric.TRANSACTION_DURATION);
        assertThat(duration.histogram().sum()).isEqualTo(0.735);
        assertThat(attribute(duration, Attribute.TRANSACTION_OUTCOME)).isEqualTo("commit");
        assertThat(attribute(duration, Attribute.DB_NAMESPACE)).isEqualTo("shop");
        assertThat(only(window, Metric.TRANSACTION_IDLE).histogram().sum()).isEqualTo(0.7);
        assertThat(only(window, Metric.TRANSACTION_STATEMENTS).histogram().sum())
                .isEqualTo(2);
        assertThat(of(window, Metric.TRANSACTION_REMOTE_TIME)).isEmpty();
    }

    @Test
    void withAutoCommitEveryStatementIsByItself() {
        open();
        set(shop, true);
        run(shop, 10);
        end(commit, 0, null);
        assertThat(of(recorder.rotate(0, 1), Metric.TRANSACTION_DURATION)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "begin, commit, commit",
        "BEGIN TRANSACTION, rollback, rollback",
        "start transaction isolation level serializable, COMMIT WORK, commit"
    })
    void wordsOfSqlBeginAndEndATransaction(String begin, String end, String outcome) {
        open();
        set(shop, true);
        run(shop, 3); // by itself
        run(shop, begin, 5);
        millis += 100; // nothing is open before the first statement
        run(shop, 10);
        run(shop, "rollback to savepoint a", 10);
        millis += 7;
        run(shop, end, 20);
        run(shop, 3); // by itself again
        Window window = recorder.rotate(0, 1);
        Window.Entry duration = only(window, Metric.TRANSACTION_DURATION);
        assertThat(duration.histogram().sum()).isCloseTo(0.047, within(0.001));
        assertThat(attribute(duration, Attribute.TRANSACTION_OUTCOME)).isEqualTo(outcome);
        assertThat(only(window, Metric.TRANSACTION_IDLE).histogram().sum()).isCloseTo(0.007, within(0.001));
    }

    @Test
    void blocksAndPreparedTransactionsAreNoSuchWords() {
        open();
        set(shop, true);
        for (String sql : new String[] {"begin update t set a = 1; end;", "commit prepared 'a'", "start slave"}) {
            run(shop, sql, 1);
            run(shop, 1);
        }
        run(shop, "commit", 1);
        assertThat(of(recorder.rotate(0, 1), Metric.TRANSACTION_DURATION)).isEmpty();
    }

    @Test
    void aConnectionGivenBackForgetsThatATransactionBegan() {
        open();
        set(shop, true);
        run(shop, "begin", 1);
        calls.transactions.connectionClosed(shop.connection);
        run(shop, 1);
        run(shop, "commit", 1);
        assertThat(of(recorder.rotate(0, 1), Metric.TRANSACTION_DURATION)).isEmpty();
    }

    @Test
    void switchingToAutoCommitCommits() {
        open();
        run(shop, 10);
        set(shop, true);
        run(shop, 10);
        Window.Entry ended = only(recorder.rotate(0, 1), Metric.TRANSACTION_DURATION);
        assertThat(attribute(ended, Attribute.TRANSACTION_OUTCOME)).isEqualTo("commit");
    }

    @Test
    void aFailedCommitHasItsErrorAndEndsTheTransaction() {
        open();
        run(shop, 10);
        end(commit, 0, new SQLException("refused"));
        end(rollback, 0, null);
        Window.Entry ended = only(recorder.rotate(0, 1), Metric.TRANSACTION_DURATION);
        assertThat(attribute(ended, Attribute.ERROR_TYPE)).isEqualTo("java.sql.SQLException");
    }

    @Test
    void waitsForOtherServersCountForEveryTransactionOpen() {
        Shop other = new Shop();
        open();
        open(other);
        run(shop, 1);
        run(other, 1);
        call(30);
        calls.transactions.connectionClosed(other.connection);
        call(4);
        end(commit, 0, null);
        call(5000);
        Window window = recorder.rotate(0, 1);
        Window.Entry waits = of(window, Metric.TRANSACTION_REMOTE_TIME).get(0);
        assertThat(attribute(waits, Attribute.REMOTE)).isEqualTo("http");
        assertThat(waits.histogram().count()).isEqualTo(2);
        assertThat(waits.histogram().max()).isEqualTo(0.034);
        assertThat(waits.histogram().min()).isEqualTo(0.03);
        assertThat(of(window, Metric.TRANSACTION_REMOTE_CALLS)
                        .get(0)
                        .histogram()
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void aCallThatEndedElsewhereBeforeTheNextStatementWasWaitedFor() {
        open();
        run(shop, 1);
        Behalf asked = asked();
        long start = clock.nanos();
        millis += 30;
        told(asked, start);
        millis += 4;
        run(shop, 1);
        Behalf goneOn = asked();
        long later = clock.nanos();
        run(shop, 1);
        told(goneOn, later);
        end(commit, 0, null);
        Window window = recorder.rotate(0, 1);
        assertThat(only(window, Metric.TRANSACTION_REMOTE_TIME).histogram().sum())
                .isEqualTo(0.03);
        assertThat(only(window, Metric.TRANSACTION_REMOTE_CALLS).histogram().sum())
                .isEqualTo(1);
    }

    @Test
    void callsSideBySideCountEachAndTheirTimeOnce() {
        open();
        run(shop, 1);
        Behalf first = asked();
        long start = clock.nanos();
        millis += 10;
        Behalf second = asked();
        long later = clock.nanos();
        millis += 20;
        told(second, later);
        millis += 5;
        told(first, start);
        end(commit, 0, null);
        Window window = recorder.rotate(0, 1);
        assertThat(only(window, Metric.TRANSACTION_REMOTE_TIME).histogram().sum())
                .isEqualTo(0.035);
        assertThat(only(window, Metric.TRANSACTION_REMOTE_CALLS).histogram().sum())
                .isEqualTo(2);
    }

    @Test
    void aFutureThatIsDoneWasWaitedForThoughItsEndIsToldLate() {
        open();
        run(shop, 1);
        Behalf asked = asked();
        CompletableFuture<String> future = new CompletableFuture<>();
        asked.future(future);
        millis += 30;
        future.complete("reply");
        end(commit, 2, null);
        assertThat(only(recorder.rotate(0, 1), Metric.TRANSACTION_REMOTE_TIME)
                        .histogram()
                        .sum())
                .isEqualTo(0.03);
    }

    private Behalf asked() {
        Behalf asked = new Behalf();
        asked.anywhere(stack, clock.nanos());
        return asked;
    }

    private void told(Behalf asked, long startNanos) {
        asked.called(
                CallStack.Kind.HTTP_CLIENT,
                recorder.duration(Metric.HTTP_CLIENT_DURATION, Attributes.NONE),
                startNanos,
                clock.nanos() - startNanos,
                null);
    }

    private void call(long took) {
        Call call = stack.begin(CallStack.Kind.HTTP_CLIENT, null, clock.nanos());
        millis += took;
        call.waited();
        call.discard();
    }

    @Test
    void aTransactionThatAnotherThreadGoesOnWithIsNotToldOfThisOnes() throws InterruptedException {
        open();
        run(shop, 1);
        Thread other = new Thread(() -> {
            end(commit, 0, null);
            run(shop, 1);
        });
        other.start();
        other.join();
        assertThat(stack.transaction()).isNull();
        call(30);
        end(commit, 0, null);
        assertThat(of(recorder.rotate(0, 1), Metric.TRANSACTION_REMOTE_CALLS)).isEmpty();
    }

    @Test
    void aRequestThatLeavesItsTransactionOpenDoesNotGiveItToTheNext() {
        RequestScope request = new RequestScope();
        request.begin();
        stack.serve(request);
        open();
        run(shop, 1);
        assertThat(stack.transaction()).isNotNull();
        stack.leave(request);
        assertThat(stack.transaction()).isNull();
    }

    @Test
    void transactionsOfARequestHaveItsRoute() {
        RequestScope request = new RequestScope();
        request.begin();
        request.route("/orders/{id}");
        stack.serve(request);
        open();
        run(shop, 1);
        end(rollback, 0, null);
        Window.Entry ended = only(recorder.rotate(0, 1), Metric.TRANSACTION_DURATION);
        assertThat(attribute(ended, Attribute.HTTP_ROUTE)).isEqualTo("/orders/{id}");
        assertThat(attribute(ended, Attribute.TRANSACTION_OUTCOME)).isEqualTo("rollback");
    }

    @Test
    void whatNobodySeesEndIsForgotten() {
        open();
        run(shop, 1);
        calls.forgetOpen();
        millis += 60_000;
        run(shop, 1);
        end(commit, 0, null);
        assertThat(only(recorder.rotate(0, 1), Metric.TRANSACTION_DURATION)
                        .histogram()
                        .sum())
                .isEqualTo(0.001);
    }

    @Test
    void fetchesAreTheQuerysAndNotIdleTime() {
        open();
        ResultSet rows = Shop.stub(ResultSet.class, null);
        Call query = Objects.requireNonNull(calls.beginText(shop.statement, "select a from t"));
        calls.end(query, false, rows, null);
        JdbcProbes.Fetch fetch = new JdbcProbes.Fetch(calls);
        assertThat(fetch.enter(null, null, null)).as("no row is being read").isNull();
        JdbcProbes.Row row = new JdbcProbes.Row(calls);
        Object reading = row.enter(rows, null, null);
        Object fetching = Objects.requireNonNull(fetch.enter(null, null, null));
        millis += 40;
        fetch.exit(fetching, null, null);
        row.mark(reading, 1);
        end(commit, 0, null);
        Window window = recorder.rotate(0, 1);
        Window.Entry fetched = only(window, Metric.QUERY_FETCH);
        assertThat(fetched.histogram().sum()).isEqualTo(0.04);
        assertThat(attribute(fetched, Attribute.DB_QUERY)).isEqualTo("SELECT a FROM t");
        assertThat(only(window, Metric.TRANSACTION_IDLE).histogram().sum()).isZero();
    }
}
