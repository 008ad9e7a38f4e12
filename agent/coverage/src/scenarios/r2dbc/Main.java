import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements of R2DBC: one by one, batched, failing, given up, in transactions, read in full or in part, against a late server. */
public final class Main {
    private static final String DURATION = "db.client.operation.duration";
    private static final String SYSTEM = "db.system.name=" + System.getProperty("jdbc.system");
    private static final boolean SERVER = System.getProperty("jdbc.system").equals("postgresql");
    private static final String DATABASE = "db.namespace=" + System.getProperty("jdbc.database");
    private static final int SLOW = 7;

    private static final Map<String, Integer> ERRORS = new TreeMap<>();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Connection connection = open("postgres.port");
        tables(connection);
        insert(connection);
        batches(connection);
        select(connection);
        fail(connection);
        transactions(connection);
        Mono.from(connection.close()).block();
        if (SERVER) {
            giveUp();
            slow();
        }
        ERRORS.forEach((error, count) -> Expect.count(DURATION, count, SYSTEM, DATABASE, "error.type=" + error));
        Expect.count(DURATION, SERVER ? 23 + SLOW : 22, SYSTEM, DATABASE);
    }

    private static Connection open(String port) {
        String url = SERVER
                ? "r2dbc:postgresql://" + System.getProperty("jdbc.user") + ':' + System.getProperty("jdbc.password")
                        + "@127.0.0.1:" + System.getProperty(port) + '/' + System.getProperty("jdbc.database")
                : "r2dbc:h2:mem:///shop?options=DB_CLOSE_DELAY=-1";
        ConnectionFactory factory = ConnectionFactories.get(url);
        return Mono.<Connection>from(factory.create()).block();
    }

    /** Nobody reads the results. */
    private static void tables(Connection connection) {
        Mono.from(connection.createStatement("create table pets (id int primary key, name varchar(50))").execute())
                .then()
                .block();
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=CREATE", "error.type=");
    }

    private static long changed(Publisher<? extends Result> results) {
        return Flux.from(results)
                .flatMap(Result::getRowsUpdated)
                .map(count -> ((Number) count).longValue())
                .reduce(0L, Long::sum)
                .block();
    }

    private static void insert(Connection connection) {
        for (int i = 0; i < 6; i++) {
            Statement insert = connection
                    .createStatement("insert into pets (id, name) values ($1, $2)")
                    .bind("$1", i)
                    .bind("$2", "pet " + i);
            System.out.println("inserted " + changed(insert.execute()));
        }
        Expect.count(DURATION, 6 + 2, SYSTEM, DATABASE, "db.operation.name=INSERT", "error.type=");
        Expect.count(DURATION, 8, SYSTEM, "db.query.text=INSERT INTO pets(id, name) VALUES (?, ?)", "db.operation.name=INSERT", "error.type=");
    }

    private static void batches(Connection connection) {
        Statement insert = connection.createStatement("insert into pets (id, name) values ($1, $2)");
        insert.bind("$1", 10).bind("$2", "a").add();
        insert.bind("$1", 11).bind("$2", "b");
        System.out.println("inserted " + changed(insert.execute()));
        Batch batch = connection.createBatch();
        batch.add("update pets set name = 'c' where id = 10").add("delete from pets where id = 11");
        System.out.println("changed " + changed(batch.execute()));
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=BATCH INSERT");
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=BATCH MIXED");
    }

    private static Statement names(Connection connection) {
        return connection.createStatement("select name from pets where id < $1 order by id").bind("$1", 6);
    }

    private static void select(Connection connection) {
        List<String> all = Flux.from(names(connection).execute())
                .flatMap(result -> result.map((row, columns) -> row.get("name", String.class)))
                .collectList()
                .block();
        System.out.println("all " + all);
        List<String> first = Mono.from(names(connection).execute())
                .flatMapMany(result -> result.map((row, columns) -> row.get("name", String.class)))
                .collectList()
                .block();
        System.out.println("first result " + first);
        String one = Flux.from(names(connection).execute())
                .flatMap(result -> result.map((row, columns) -> row.get("name", String.class)))
                .next()
                .block();
        System.out.println("one " + one);
        Publisher<? extends Result> again = names(connection).execute();
        System.out.println("never subscribed to " + (again != null));
        Expect.count(DURATION, 3 + 1, SYSTEM, DATABASE, "db.query.text=SELECT name FROM pets WHERE id < ? ORDER BY id", "error.type=");
        Expect.count("headroom.query.rows", 3, SYSTEM, "db.query.text=SELECT name FROM pets WHERE id < ? ORDER BY id");
        Expect.sum("headroom.query.rows", 6 + 6 + 1, SYSTEM, "db.query.text=SELECT name FROM pets WHERE id < ? ORDER BY id");
    }

    private static void fail(Connection connection) {
        for (int i = 0; i < 2; i++) {
            failure(connection, "select nothing from nowhere");
            failure(connection, "insert into pets (id, name) values (1, 'twice')");
        }
        try {
            Flux.from(names(connection).execute())
                    .flatMap(result -> result.map((row, columns) -> Integer.valueOf("none")))
                    .blockLast();
        } catch (NumberFormatException ours) {
            System.out.println("the application's own failure");
        }
        Expect.none(DURATION, "error.type=java.lang.NumberFormatException");
    }

    private static void failure(Connection connection, String sql) {
        try {
            System.out.println("changed " + changed(connection.createStatement(sql).execute()));
        } catch (RuntimeException failed) {
            System.out.println("failed " + failed.getClass().getName());
            ERRORS.merge(failed.getClass().getName(), 1, Integer::sum);
        }
    }

    private static void transactions(Connection connection) {
        for (boolean commit : new boolean[] {true, false}) {
            Mono.from(connection.beginTransaction()).block();
            Statement insert = connection
                    .createStatement("insert into pets (id, name) values ($1, $2)")
                    .bind("$1", commit ? 20 : 21)
                    .bind("$2", "committed or not");
            System.out.println("inserted " + changed(insert.execute()));
            Mono.from(commit ? connection.commitTransaction() : connection.rollbackTransaction()).block();
        }
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=COMMIT", "error.type=");
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=ROLLBACK", "error.type=");
        long left = Flux.from(connection.createStatement("select count(*) from pets").execute())
                .flatMap(result -> result.map((row, columns) -> ((Number) row.get(0)).longValue()))
                .blockLast();
        System.out.println("left " + left);
    }

    private static void giveUp() {
        Connection connection = open("postgres.port");
        try {
            Flux.from(connection.createStatement("select pg_sleep(2)").execute())
                    .flatMap(result -> result.map((row, columns) -> 1))
                    .timeout(Duration.ofMillis(300))
                    .blockLast();
            System.out.println("not given up");
        } catch (RuntimeException givenUp) {
            System.out.println("given up " + (givenUp.getCause() instanceof TimeoutException));
        }
        Mono.from(connection.close()).block();
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "error.type=java.util.concurrent.CancellationException");
    }

    private static void slow() {
        Connection connection = open("postgres.slow.port");
        long[] seenNanos = new long[SLOW];
        for (int i = 0; i < SLOW; i++) {
            int number = i;
            long begin = System.nanoTime();
            int rows = Flux.from(connection.createStatement("select name as late from pets").execute())
                    .flatMap(result -> result.map((row, columns) -> 1))
                    .reduce(0, Integer::sum)
                    .doOnTerminate(() -> seenNanos[number] = System.nanoTime() - begin)
                    .block();
            System.out.println("late rows " + rows);
        }
        Mono.from(connection.close()).block();
        Expect.slow(DURATION, seenNanos, SYSTEM, "db.query.text=SELECT name AS late FROM pets");
    }
}
