import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What drivers do with a server: generated keys, calls, streamed results, time-outs, cancelled queries, a server that answers late. */
public final class Main {
    private static final String DURATION = "db.client.operation.duration";
    private static final String SYSTEM = "db.system.name=" + System.getProperty("jdbc.system");
    private static final String DATABASE = "db.namespace=" + System.getProperty("jdbc.database");
    private static final String KIND = System.getProperty("jdbc.url.from", "jdbc.url").replace(".url", "");
    private static final boolean POSTGRES = System.getProperty("jdbc.system").equals("postgresql");
    private static final int STREAMED = 300;
    private static final int SLOW = 7;

    private static final Map<String, Integer> ERRORS = new TreeMap<>();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = connect(KIND + ".url")) {
            keys(connection);
            call(connection);
            stream(connection);
            timeOut(connection);
        }
        try (Connection connection = connect(KIND + ".url")) {
            cancel(connection);
        }
        slow();
        ERRORS.forEach((error, count) -> Expect.count(DURATION, count, SYSTEM, DATABASE, "error.type=" + error));
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(
                System.getProperty(url), System.getProperty("jdbc.user"), System.getProperty("jdbc.password"));
    }

    private static void keys(Connection connection) throws SQLException {
        String insert = "insert into orders (name) values (?)";
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS)) {
            statement.execute("create table orders (id " + (POSTGRES ? "serial" : "int auto_increment")
                    + " primary key, name varchar(50))");
            statement.executeUpdate("insert into orders (name) values ('a')", Statement.RETURN_GENERATED_KEYS);
            print(statement.getGeneratedKeys());
            prepared.setString(1, "b");
            prepared.executeUpdate();
            print(prepared.getGeneratedKeys());
        }
        Expect.count(DURATION, 2, SYSTEM, DATABASE, "db.operation.name=INSERT");
    }

    private static void print(ResultSet keys) throws SQLException {
        try (keys) {
            while (keys.next()) {
                System.out.println("key " + keys.getInt(1));
            }
        }
    }

    private static void call(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    POSTGRES
                            ? "create function more(a int) returns int as 'select a + 1' language sql"
                            : "create function more(a int) returns int deterministic return a + 1");
        }
        try (CallableStatement call = connection.prepareCall("{? = call more(?)}")) {
            call.registerOutParameter(1, Types.INTEGER);
            for (int i = 0; i < 3; i++) {
                call.setInt(2, i);
                call.execute();
                System.out.println("more " + call.getInt(1));
            }
        }
        Expect.count(DURATION, 2, SYSTEM, DATABASE, "db.operation.name=CREATE");
    }

    private static void stream(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("insert into orders (name) values (?)")) {
            for (int i = 0; i < STREAMED; i++) {
                insert.setString(1, "streamed");
                insert.addBatch();
            }
            System.out.println("batch of " + insert.executeBatch().length);
        }
        connection.commit();
        try (PreparedStatement select = connection.prepareStatement(
                "select name from orders where name = ?", ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            select.setFetchSize(KIND.equals("mysql") ? Integer.MIN_VALUE : 50);
            select.setString(1, "streamed");
            int rows = 0;
            try (ResultSet streamed = select.executeQuery()) {
                while (streamed.next()) {
                    rows++;
                }
            }
            System.out.println("streamed " + rows);
        }
        connection.commit();
        connection.setAutoCommit(true);
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.operation.name=BATCH INSERT");
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "db.query.text=SELECT name FROM orders WHERE name = ?");
        Expect.count(DURATION, 2, SYSTEM, DATABASE, "db.operation.name=COMMIT");
        Expect.sum("headroom.query.rows", STREAMED, SYSTEM, DATABASE, "db.query.text=SELECT name FROM orders WHERE name = ?");
    }

    private static void timeOut(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            sleep(statement);
        }
    }

    private static void cancel(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            Thread cancelling = new Thread(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(500);
                    statement.cancel();
                } catch (SQLException | InterruptedException failed) {
                    System.out.println("not cancelled: " + failed);
                }
            });
            cancelling.start();
            sleep(statement);
            cancelling.join();
        }
    }

    private static void sleep(Statement statement) {
        try (ResultSet slept = statement.executeQuery(POSTGRES ? "select pg_sleep(20)" : "select sleep(20)")) {
            System.out.println("slept " + slept.next());
        } catch (SQLException ended) {
            System.out.println("ended"); // MySQL's driver has two exceptions for it, and a race between them
            ERRORS.merge(ended.getClass().getName(), 1, Integer::sum);
        }
    }

    private static void slow() throws SQLException {
        long[] seenNanos = new long[SLOW];
        try (Connection connection = connect(KIND + ".slow.url");
                PreparedStatement select = connection.prepareStatement("select id from orders where id = ? and 7 = 7")) {
            for (int i = 0; i < SLOW; i++) {
                select.setInt(1, i);
                long start = System.nanoTime();
                try (ResultSet found = select.executeQuery()) {
                    seenNanos[i] = System.nanoTime() - start;
                    System.out.println("found " + found.next());
                }
            }
        }
        String text = "db.query.text=SELECT id FROM orders WHERE id = ? AND ? = ?";
        Expect.count(DURATION, SLOW, SYSTEM, DATABASE, text);
        Expect.slow(DURATION, seenNanos, SYSTEM, DATABASE, text);
    }
}
