package dev.headroom.dashboard.ingest;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service with one route, one statement and one call out, each as often as asked; knows nothing of who measures it. */
public final class StockProgram {
    private StockProgram() {}

    /** @param args how often */
    public static void main(String[] args) throws Exception {
        int times = Integer.parseInt(args[0]);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:mem:pets");
            pool.setPoolName("main");
            pool.setMaximumPoolSize(3);
            execute(pool, "create table pet (id int primary key, name varchar(20))");
            server.createContext("/pets", exchange -> {
                boolean failed = exchange.getRequestURI().getPath().endsWith("0");
                try {
                    read(pool);
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
                exchange.sendResponseHeaders(failed ? 500 : 200, -1);
                exchange.close();
            });
            server.start();
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < times; i++) {
                URI pet = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/pets/" + i % 10);
                client.send(HttpRequest.newBuilder(pet).build(), HttpResponse.BodyHandlers.discarding());
            }
        } finally {
            server.stop(0);
            workers.shutdown();
        }
    }

    private static void execute(HikariDataSource pool, String sql) throws Exception {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    private static void read(HikariDataSource pool) throws Exception {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select name from pet where id = 7 and 1 = ?")) {
            statement.setInt(1, 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        }
    }
}
