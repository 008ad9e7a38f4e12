import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** Queries of Vert.x' PostgreSQL client: simple, prepared, batched, failing, many at once, on a pool, and against a late server. */
public final class Main {
    private static final String DURATION = "db.client.operation.duration";
    private static final String SYSTEM = "db.system.name=postgresql";
    private static final String DATABASE = "db.namespace=" + System.getProperty("jdbc.database");
    private static final String SELECT = "db.query.text=SELECT name FROM pets WHERE id < ? ORDER BY id";
    private static final int SLOW = 7;

    private static final Map<String, Integer> ERRORS = new TreeMap<>();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        Pool pool = open(vertx, "postgres.port");
        await(pool.query("create table pets (id int primary key, name varchar(50))").execute());
        write(pool);
        read(pool);
        fail(pool);
        onOneConnection(pool);
        await(pool.close());
        slow(vertx);
        await(vertx.close());
        ERRORS.forEach((error, count) -> Expect.count(DURATION, count, SYSTEM, DATABASE, "error.type=" + error));
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=CREATE", "error.type=");
        Expect.count(DURATION, 6, SYSTEM, DATABASE, "db.operation.name=INSERT", "error.type=");
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=BATCH INSERT", "error.type=");
        Expect.count(DURATION, 1 + 8 + 1, SYSTEM, DATABASE, SELECT, "error.type=");
        Expect.count("headroom.query.rows", 10, SYSTEM, SELECT);
        Expect.sum("headroom.query.rows", 10 * 5, SYSTEM, SELECT);
    }

    private static Pool open(Vertx vertx, String port) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.getInteger(port))
                .setDatabase(System.getProperty("jdbc.database"))
                .setUser(System.getProperty("jdbc.user"))
                .setPassword(System.getProperty("jdbc.password"));
        return Pool.pool(vertx, options, new PoolOptions().setMaxSize(2));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static void write(Pool pool) {
        for (int i = 0; i < 5; i++) {
            RowSet<Row> changed = await(pool.preparedQuery("insert into pets (id, name) values ($1, $2)")
                    .execute(Tuple.of(i, "pet " + i)));
            System.out.println("inserted " + changed.rowCount());
        }
        RowSet<Row> changed = await(pool.preparedQuery("insert into pets (id, name) values ($1, $2)")
                .executeBatch(List.of(Tuple.of(10, "a"), Tuple.of(11, "b"))));
        System.out.println("batch " + changed.rowCount());
    }

    private static Future<RowSet<Row>> names(Pool pool) {
        return pool.preparedQuery("select name from pets where id < $1 order by id").execute(Tuple.of(5));
    }

    private static void read(Pool pool) {
        print(await(names(pool)));
        List<Future<RowSet<Row>>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(names(pool));
        }
        all.forEach(each -> System.out.println("at once " + await(each).size()));
    }

    private static void print(RowSet<Row> rows) {
        for (Row row : rows) {
            System.out.println(row.getString("name"));
        }
    }

    private static void fail(Pool pool) {
        for (String sql : new String[] {"select nothing from nowhere", "insert into pets (id, name) values (1, 'twice')"}) {
            try {
                await(pool.query(sql).execute());
                System.out.println("not failed");
            } catch (CompletionException failed) {
                System.out.println("failed " + failed.getCause().getClass().getName());
                ERRORS.merge(failed.getCause().getClass().getName(), 1, Integer::sum);
            }
        }
    }

    private static void onOneConnection(Pool pool) {
        SqlConnection connection = await(pool.getConnection());
        var statement = await(connection.prepare("select name from pets where id < $1 order by id"));
        System.out.println("prepared " + await(statement.query().execute(Tuple.of(5))).size());
        var transaction = await(connection.begin());
        await(connection.query("insert into pets (id, name) values (20, 'committed')").execute());
        await(transaction.commit());
        await(connection.close());
    }

    private static void slow(Vertx vertx) {
        Pool pool = open(vertx, "postgres.slow.port");
        SqlConnection connection = await(pool.getConnection());
        long[] seenNanos = new long[SLOW];
        Future<Integer> late = Future.succeededFuture(0);
        for (int i = 0; i < SLOW; i++) {
            int number = i;
            late = late.compose(before -> {
                long begin = System.nanoTime();
                return connection.query("select name as late from pets").execute().map(rows -> {
                    seenNanos[number] = System.nanoTime() - begin;
                    return before + rows.size();
                });
            });
        }
        System.out.println("late rows " + await(late));
        await(connection.close());
        await(pool.close());
        Expect.slow(DURATION, seenNanos, SYSTEM, "db.query.text=SELECT name AS late FROM pets");
    }
}
