package dev.headroom.cost.footprint;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * Runs each of {@code args[0]} statements about once a second for as long as it lives, on a few threads, each taking between
 * microseconds and a millisecond, so that histograms fill as they do in life. Writes "ready" when all have run on all threads.
 */
public final class ManyStatements {
    private static final int THREADS = 4;
    private static final int LONGEST_RANGE = 3_000;
    private static final int MILLIS_PER_ROUND = 1_000 * THREADS;

    private final int statements;
    private final CountDownLatch ready = new CountDownLatch(THREADS);

    private ManyStatements(int statements) {
        this.statements = statements;
    }

    public static void main(String[] arguments) throws InterruptedException {
        ManyStatements program = new ManyStatements(Integer.parseInt(arguments[0]));
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            new Thread(() -> program.work(seed), "statements-" + i).start();
        }
        program.ready.await();
        System.out.println("ready");
    }

    private void work(int seed) {
        Random random = new Random(seed);
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:statements;DB_CLOSE_DELAY=-1")) {
            while (true) {
                long begun = System.nanoTime();
                for (int i = 0; i < statements; i++) {
                    run(connection, i, (int) Math.pow(LONGEST_RANGE, random.nextDouble()));
                    long early = i * MILLIS_PER_ROUND / statements - (System.nanoTime() - begun) / 1_000_000;
                    if (early > 0 && ready.getCount() == 0) {
                        Thread.sleep(early);
                    }
                }
                ready.countDown();
            }
        } catch (SQLException | InterruptedException failure) {
            throw new IllegalStateException("the statements broke off", failure);
        }
    }

    private static void run(Connection connection, int number, int rows) throws SQLException {
        String sql = "select count(*) as figure_" + number + " from system_range(1, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, rows);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
            }
        }
    }
}
