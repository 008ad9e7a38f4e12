package dev.headroom.harmless;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A little work of the two kinds that every JDK has: {@link #STATEMENTS} on H2 and {@link #REQUESTS} to a server in the same JVM.
 * What it prints is the same with and without an agent.
 */
final class Traffic {
    static final int STATEMENTS = 25;
    static final int REQUESTS = 5;

    private Traffic() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(all());
    }

    /** Both kinds. Returns what came of it. */
    static String all() throws Exception {
        return sql("traffic") + " " + http();
    }

    /** One table, twelve inserts, twelve queries. */
    static String sql(String database) throws SQLException {
        int sum = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("create table visit (id int)");
            try (PreparedStatement insert = connection.prepareStatement("insert into visit values (?)")) {
                for (int id = 0; id < 12; id++) {
                    insert.setInt(1, id);
                    sum += insert.executeUpdate();
                }
            }
            for (int id = 0; id < 12; id++) {
                try (ResultSet rows = statement.executeQuery("select id from visit where id <= " + id)) {
                    while (rows.next()) {
                        sum += rows.getInt(1);
                    }
                }
            }
        }
        return "sql " + sum;
    }

    /** Asks a server of its own. */
    static String http() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().getBytes("UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            StringBuilder answers = new StringBuilder("http");
            for (int i = 0; i < REQUESTS; i++) {
                URL url = new URL("http", "127.0.0.1", server.getAddress().getPort(), "/answer/" + i);
                HttpURLConnection connection = (HttpURLConnection) url.openConnection();
                try (InputStream in = connection.getInputStream()) {
                    answers.append(' ').append(connection.getResponseCode()).append(new String(in.readAllBytes()));
                }
            }
            return answers.toString();
        } finally {
            server.stop(0);
        }
    }
}
