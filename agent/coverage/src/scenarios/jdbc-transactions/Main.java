import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/** What happens between a transaction's first statement and its end, and how often rows are fetched. */
public final class Main {
    private static final String DURATION = "headroom.transaction.duration";
    private static final String STATEMENTS = "headroom.transaction.statements";
    private static final String IDLE = "headroom.transaction.idle_time";
    private static final String CALLS = "headroom.transaction.remote_calls";
    private static final String WAITS = "headroom.transaction.remote_time";
    private static final String SYSTEM = "db.system.name=" + System.getProperty("jdbc.system");
    private static final String DATABASE = "db.namespace=" + System.getProperty("jdbc.database");
    private static final String NO_ROUTE = "http.route=";
    private static final int ROWS = 100;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.setExecutor(threads);
        site.createContext("/hello", exchange -> answer(exchange, "hello"));
        try (ServerSocket redis = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Connection connection = connect()) {
            Thread serving = new Thread(() -> serve(redis));
            serving.setDaemon(true);
            serving.start();
            site.createContext("/order", exchange -> answer(exchange, order(connection)));
            site.start();
            int port = site.getAddress().getPort();
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table orders (id int primary key, name varchar(50))");
            }
            ends(connection);
            idle(connection);
            remote(connection, port, redis.getLocalPort());
            System.out.println(get(port, "/order"));
            fetch(connection);
            connection.setAutoCommit(false);
            insert(connection, 9000);
        }
        site.stop(0);
        threads.shutdown();
        expect();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                System.getProperty(System.getProperty("jdbc.url.from", "jdbc.url"))
                        + System.getProperty("jdbc.url.more", ""),
                System.getProperty("jdbc.user", ""),
                System.getProperty("jdbc.password", ""));
    }

    private static void insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into orders (id, name) values (?, ?)")) {
            insert.setInt(1, id);
            insert.setString(2, "order " + id);
            System.out.println("inserted " + insert.executeUpdate());
        }
    }

    private static void ends(Connection connection) throws SQLException {
        insert(connection, 1); // no transaction: by itself
        connection.setAutoCommit(false);
        connection.rollback(); // nothing to roll back
        insert(connection, 2);
        insert(connection, 3);
        connection.commit();
        insert(connection, 4);
        connection.rollback();
        insert(connection, 5);
        insert(connection, 6);
        insert(connection, 7);
        connection.setAutoCommit(true); // commits
        insert(connection, 8);
    }

    private static void idle(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        insert(connection, 10);
        TimeUnit.MILLISECONDS.sleep(300);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void remote(Connection connection, int http, int redis) throws Exception {
        try (Jedis jedis = new Jedis("127.0.0.1", redis)) {
            System.out.println(get(http, "/hello") + jedis.get("before"));
            connection.setAutoCommit(false);
            insert(connection, 20);
            System.out.println(get(http, "/hello") + get(http, "/hello"));
            insert(connection, 21);
            connection.commit();
            insert(connection, 22);
            System.out.println(jedis.get("a") + jedis.get("b") + jedis.get("c"));
            connection.rollback();
            connection.setAutoCommit(true);
            System.out.println(get(http, "/hello") + jedis.get("after"));
        }
    }

    /** Within a request. */
    private static String order(Connection connection) {
        try {
            connection.setAutoCommit(false);
            insert(connection, 30);
            connection.commit();
            connection.setAutoCommit(true);
            return "ordered";
        } catch (SQLException failed) {
            return failed.toString();
        }
    }

    private static void fetch(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("insert into orders (id, name) values (?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                insert.setInt(1, 1000 + i);
                insert.setString(2, "fetched");
                insert.addBatch();
            }
            System.out.println("batch of " + insert.executeBatch().length);
        }
        try (PreparedStatement select = connection.prepareStatement("select id from orders where name = ?")) {
            select.setFetchSize(30);
            select.setString(1, "fetched");
            int rows = 0;
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows++;
                }
            }
            System.out.println("rows " + rows);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void expect() {
        Expect.count(DURATION, 5, SYSTEM, DATABASE, "headroom.transaction.outcome=commit", NO_ROUTE);
        Expect.count(DURATION, 2, SYSTEM, DATABASE, "headroom.transaction.outcome=rollback", NO_ROUTE);
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "headroom.transaction.outcome=close", NO_ROUTE);
        Expect.count(DURATION, 1, SYSTEM, DATABASE, "headroom.transaction.outcome=commit", "http.route=/order");
        Expect.count(DURATION, 9);
        Expect.sum(STATEMENTS, 2 + 1 + 3 + 1 + 2 + 1 + 2 + 1, SYSTEM, DATABASE, NO_ROUTE);
        Expect.sum(STATEMENTS, 1, SYSTEM, DATABASE, "http.route=/order");
        Expect.count(IDLE, 9, SYSTEM, DATABASE);
        Expect.count(CALLS, 1, SYSTEM, DATABASE, "headroom.remote=http");
        Expect.sum(CALLS, 2, SYSTEM, DATABASE, "headroom.remote=http");
        Expect.count(CALLS, 1, SYSTEM, DATABASE, "headroom.remote=redis");
        Expect.sum(CALLS, 3, SYSTEM, DATABASE, "headroom.remote=redis");
        Expect.count(WAITS, 2, SYSTEM, DATABASE);
        String fetch = "headroom.query.fetch.duration";
        int fetches = Integer.getInteger("jdbc.fetches");
        if (fetches > 0) {
            Expect.count(fetch, fetches, SYSTEM, DATABASE, "db.query.text=SELECT id FROM orders WHERE name = ?");
            Expect.count(fetch, fetches);
        } else {
            Expect.none(fetch);
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String get(int port, String path) throws IOException {
        HttpURLConnection call = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        return call.getResponseCode() + new String(call.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** A Redis that answers OK to whatever comes. */
    private static void serve(ServerSocket redis) {
        try (Socket client = redis.accept();
                BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                for (int words = Integer.parseInt(line.substring(1)); words > 0; words--) {
                    lines.readLine();
                    lines.readLine();
                }
                client.getOutputStream().write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException over) {
            throw new UncheckedIOException(over);
        }
    }
}
