package dev.headroom.range;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogManager;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Uses every instrumented library a known number of times, on any JVM from 8 on; then, if asked to, fills the heap and prints what
 * the JVM's collectors say. What only newer JVMs have is called by reflection.
 */
public final class EveryLibrary {
    private EveryLibrary() {}

    /** @param arguments port of a Redis server on the loopback address; "collect" to fill the heap */
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        useDatabase();
        useRedis(Integer.parseInt(arguments[0]));
        try (WebServer server = new WebServer()) {
            String base = "http://127.0.0.1:" + server.port();
            int requests = callByUrlConnection(base) + callByHttpClient(base);
            server.awaitAnswered(requests);
            System.out.println("requests " + requests);
        }
        if (arguments.length > 1 && arguments[1].equals("collect")) {
            Garbage.make();
        }
    }

    /** 2 borrowings: 1 CREATE, 3 INSERT, a batch, 1 COMMIT, 1 SELECT; a third, with a SELECT, where there are virtual threads. */
    private static void useDatabase() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setPoolName("range");
        config.setMaximumPoolSize(1);
        config.setJdbcUrl("jdbc:h2:mem:range;DB_CLOSE_DELAY=-1");
        config.setDriverClassName("org.h2.Driver");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection connection = pool.getConnection()) {
                write(connection);
            }
            read(pool);
            int onVirtualThreads = onVirtualThread(pool) ? 1 : 0;
            System.out.println("virtual " + onVirtualThreads);
        }
    }

    private static void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table goods(id int primary key, name varchar(40))");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("insert into goods values(?, ?)")) {
            for (int id = 0; id < 3; id++) {
                insert.setInt(1, id);
                insert.setString(2, "good " + id);
                insert.executeUpdate();
            }
            for (int id = 3; id < 8; id++) {
                insert.setInt(1, id);
                insert.setString(2, "good " + id);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void read(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("select name from goods where id < ?")) {
            select.setInt(1, 5);
            try (ResultSet rows = select.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                System.out.println("rows " + count);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static boolean onVirtualThread(HikariDataSource pool) throws Exception {
        Method start;
        try {
            start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        } catch (NoSuchMethodException before21) {
            return false;
        }
        Runnable work = () -> read(pool);
        ((Thread) start.invoke(null, work)).join();
        return true;
    }

    /** SET, GET with a hit, GET with a miss, and a pipeline of two. */
    private static void useRedis(int port) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            jedis.set("range:1", "one");
            System.out.println("redis " + jedis.get("range:1") + " " + jedis.get("range:none"));
            Pipeline pipeline = jedis.pipelined();
            pipeline.get("range:1");
            pipeline.incr("range-counter:1");
            pipeline.sync();
        }
    }

    private static int callByUrlConnection(String base) throws Exception {
        int calls = 0;
        for (String path : new String[] {"/goods", "/goods", "/goods", "/none"}) {
            HttpURLConnection connection = (HttpURLConnection) new URL(base + path).openConnection();
            if (connection.getResponseCode() == 200) {
                try (InputStream in = connection.getInputStream()) {
                    while (in.read() >= 0) {
                        // to the end
                    }
                }
            }
            calls++;
        }
        return calls;
    }

    /** Two calls, one of them without waiting; none before Java 11. */
    private static int callByHttpClient(String base) throws Exception {
        Class<?> type;
        try {
            type = Class.forName("java.net.http.HttpClient");
        } catch (ClassNotFoundException before11) {
            return 0;
        }
        Object client = type.getMethod("newHttpClient").invoke(null);
        Class<?> requests = Class.forName("java.net.http.HttpRequest");
        Object builder = requests.getMethod("newBuilder", URI.class).invoke(null, URI.create(base + "/goods"));
        Object request = Class.forName("java.net.http.HttpRequest$Builder")
                .getMethod("build")
                .invoke(builder);
        Class<?> handler = Class.forName("java.net.http.HttpResponse$BodyHandler");
        Object body = Class.forName("java.net.http.HttpResponse$BodyHandlers")
                .getMethod("ofString")
                .invoke(null);
        type.getMethod("send", requests, handler).invoke(client, request, body);
        ((CompletableFuture<?>) type.getMethod("sendAsync", requests, handler).invoke(client, request, body)).join();
        return 2;
    }
}
