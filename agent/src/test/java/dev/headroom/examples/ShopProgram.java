package dev.headroom.examples;

import dev.headroom.harness.MetricsSink;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import redis.clients.jedis.Jedis;

/** A small shop on Tomcat and H2, and a customer who calls each page a few times. */
public final class ShopProgram {
    static final int VISITS = 1_000;
    static final int REPEATS = 12;

    /** Secret in what a customer sends and in what the shop's code fails with. */
    static final String SECRET = "s3cr3tPassw0rd-4711-DoeJane";

    private ShopProgram() {}

    public static void main(String[] arguments) {
        try {
            play();
            System.exit(0);
        } catch (Exception failure) {
            failure.printStackTrace();
            System.exit(1); // Tomcat's threads would go on
        }
    }

    private static void play() throws Exception {
        int port = tomcat();
        get(port, "/loop", "");
        get(port, "/elsewhere", "");
        get(port, "/plain", "");
        get(port, "/fail", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
        get(port, "/slow", "");
        get(port, "/cacheable", "");
        get(port, "/calls", "");
        get(port, "/order", "");
        slowStatement();
        MetricsSink.awaitBatches(2);
    }

    private static int tomcat() throws Exception {
        Tomcat tomcat = new Tomcat();
        String folder = Files.createTempDirectory("tomcat").toString();
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder);
        Tomcat.addServlet(context, "shop", new Shop());
        for (String path :
                new String[] {"/loop", "/elsewhere", "/plain", "/fail", "/slow", "/cacheable", "/calls", "/order"}) {
            context.addServletMappingDecoded(path, "shop");
        }
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    private static void get(int port, String path, String headers) throws IOException {
        String request = "GET " + path + "?q=" + SECRET + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: id="
                + SECRET + "\r\n" + headers + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            System.out.println(path + " " + answer.substring(9, 12));
            for (String line : answer.split("\r\n")) {
                if (line.startsWith("Server-Timing") || line.startsWith("X-Response-Time")) {
                    System.out.println(path + " " + line);
                }
            }
        }
    }

    private static void slowStatement() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:shop");
                Statement statement = connection.createStatement()) {
            say("nightly", line() + 1);
            statement.execute("CALL pause(300)");
        }
    }

    private static int line() {
        return new Throwable().getStackTrace()[1].getLineNumber();
    }

    private static void say(String what, int line) {
        System.out.println(what + "=" + line);
    }

    /** The pages. */
    public static final class Shop extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private static final transient ExecutorService WORKERS = Executors.newFixedThreadPool(1);
        private final transient Connection connection;

        Shop() throws SQLException {
            connection = DriverManager.getConnection("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
            try (Statement statement = connection.createStatement()) {
                statement.execute("create alias pause for '" + ShopProgram.class.getName() + ".pause'");
                statement.execute("create table visit (id int primary key, note varchar(80))");
                statement.execute("insert into visit select x, 'n' from system_range(1, " + VISITS + ")");
            }
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(0);
            try {
                switch (request.getServletPath()) {
                    case "/loop":
                        loop();
                        break;
                    case "/elsewhere":
                        Future<?> task = WORKERS.submit(() -> one(7));
                        task.get();
                        break;
                    case "/cacheable":
                        response.setHeader("Cache-Control", "public, max-age=60");
                        one(1);
                        break;
                    case "/calls":
                        calls(request.getLocalPort());
                        break;
                    case "/order":
                        order();
                        break;
                    case "/fail":
                        one(5);
                        throw new IllegalStateException("no such user " + SECRET + ", connection refused");
                    case "/slow":
                        LockSupport.parkNanos(60_000_000);
                        say("slow", line() + 2);
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("CALL pause(600)");
                        }
                        break;
                    default:
                        one(1);
                }
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IOException(failure);
            }
        }

        /** Redis, an outgoing call and a parameter, all with somebody's data. */
        private void calls(int port) throws Exception {
            try (NilRedis redis = new NilRedis();
                    Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
                for (int i = 0; i < REPEATS; i++) {
                    jedis.get("session:" + SECRET);
                }
            }
            HttpURLConnection call = (HttpURLConnection)
                    new URL("http://127.0.0.1:" + port + "/plain/" + SECRET + "?token=" + SECRET).openConnection();
            call.setRequestProperty("Authorization", "Bearer " + SECRET);
            say("answered", call.getResponseCode());
            try (PreparedStatement select = connection.prepareStatement("select id from visit where note = ?")) {
                select.setString(1, SECRET);
                select.executeQuery().close();
            }
        }

        /** A statement by itself, then two transactions; in the first a value is written to Redis. */
        private void order() throws Exception {
            one(2);
            try (NilRedis redis = new NilRedis();
                    Jedis jedis = new Jedis("127.0.0.1", redis.port());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("update visit set note = 'first' where id = 1");
                jedis.set("order:" + SECRET, SECRET);
                connection.commit();
                statement.executeUpdate("update visit set note = 'second', id = id where id = 2");
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
        }

        private void loop() throws SQLException {
            int line = 0;
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from visit where note <> '" + SECRET + "'")) {
                while (rows.next()) {
                    line = one(rows.getInt(1));
                }
                say("one", line);
            }
        }

        private int one(int id) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement("select note from visit where id = ?")) {
                select.setInt(1, id);
                int line = line() + 1;
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return line;
                }
            }
        }
    }

    /** Called by the database. */
    public static int pause(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return millis;
    }
}
