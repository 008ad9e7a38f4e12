package dev.headroom.core.hook.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.headroom.harness.AppUnderTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/** Borrows four connections of a pool of two, keeps two of them while a fifth borrower gives up. */
class PoolApp implements AppUnderTest {
    static final String NAME = "shop-pool";
    static final int HOLD_MILLIS = 500;

    @Override
    public Object run() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setPoolName(NAME);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(HOLD_MILLIS);
        config.setJdbcUrl("jdbc:h2:mem:pool" + System.nanoTime());
        config.setDriverClassName("org.h2.Driver");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (int i = 0; i < 2; i++) {
                try (Connection connection = pool.getConnection()) {
                    query(connection);
                }
            }
            try (Connection one = pool.getConnection();
                    Connection other = pool.getConnection()) {
                giveUp(pool);
                query(one);
                query(other);
            }
            return null;
        }
    }

    private static void query(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            rows.next();
        }
    }

    private static void giveUp(HikariDataSource pool) throws InterruptedException {
        CountDownLatch gaveUp = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try (Connection third = pool.getConnection()) {
                throw new AssertionError("a pool of two gave a third connection: " + third);
            } catch (SQLTransientConnectionException expected) {
                gaveUp.countDown();
            } catch (SQLException other) {
                throw new AssertionError(other);
            }
        });
        thread.start();
        ((Runnable) System.getProperties().get("headroom.test.meanwhile")).run();
        gaveUp.await();
        thread.join();
    }
}
