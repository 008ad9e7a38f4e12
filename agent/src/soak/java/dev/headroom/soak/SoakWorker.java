package dev.headroom.soak;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import redis.clients.jedis.Jedis;

/** One thread's calls, and their number. For one thread. */
final class SoakWorker implements AutoCloseable {
    private static final int SHAPES = 40;
    private static final int CALLS_PER_SHAPE = 10;
    private static final int KEYS = 20;

    private final Connection connection;
    private final PreparedStatement[] prepared = new PreparedStatement[SHAPES];
    private final Jedis jedis;
    private final HttpClient httpClient = HttpClient.newHttpClient();
    private final URI address;
    private final boolean churn;
    private long statements;
    private long rows;
    private long gets;
    private long fresh = System.nanoTime();

    SoakWorker(int redisPort, int httpPort, boolean churn) throws SQLException {
        this.churn = churn;
        address = URI.create("http://127.0.0.1:" + httpPort + "/");
        jedis = new Jedis("127.0.0.1", redisPort);
        connection = DriverManager.getConnection("jdbc:h2:mem:soak;DB_CLOSE_DELAY=-1");
        try (Statement create = connection.createStatement()) {
            create.execute("create table if not exists stock (id int primary key, units int)");
            create.executeUpdate("merge into stock values (1, 10)");
            statements += 2;
            rows++;
        }
        for (int i = 0; i < SHAPES; i++) {
            prepared[i] = connection.prepareStatement("select units as units_" + i + " from stock where id = ?");
        }
    }

    /** Some hundred calls of each kind but HTTP, which is slow, once over each client. */
    void round() throws SQLException, IOException, InterruptedException {
        for (PreparedStatement each : prepared) {
            for (int i = 0; i < CALLS_PER_SHAPE; i++) {
                each.setInt(1, 1 + i % 2);
                query(each);
            }
        }
        for (int i = 0; i < KEYS; i++) {
            jedis.set("stock:" + i, "10");
            jedis.get("stock:" + i);
            jedis.get("price:" + i + ":eur");
            gets += 2;
        }
        ask();
        if (churn) {
            neverSeen();
        }
    }

    private void query(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows++;
            }
        }
        statements++;
    }

    private void neverSeen() throws SQLException {
        for (int i = 0; i < SHAPES; i++) {
            String name = words(fresh++);
            try (PreparedStatement statement =
                    connection.prepareStatement("select units as " + name + " from stock where id = 1")) {
                query(statement);
            }
            jedis.get(name + ":" + words(fresh++));
            gets++;
        }
    }

    /** Letters only: digits would be taken for a literal. */
    private static String words(long number) {
        StringBuilder word = new StringBuilder("w");
        for (long rest = number; rest != 0; rest /= 26) {
            word.append((char) ('a' + Math.floorMod(rest, 26)));
        }
        return word.toString();
    }

    private void ask() throws IOException, InterruptedException {
        HttpURLConnection old = (HttpURLConnection) address.toURL().openConnection();
        try {
            if (old.getResponseCode() != 200) {
                throw new IOException("answered " + old.getResponseCode());
            }
        } finally {
            old.disconnect();
        }
        int status = httpClient
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException("answered " + status);
        }
    }

    long statements() {
        return statements;
    }

    long rows() {
        return rows;
    }

    long gets() {
        return gets;
    }

    @Override
    public void close() throws SQLException {
        jedis.close();
        connection.close();
    }
}
