import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the pages of every site have in common. */
final class Page {
    static final byte[] LINE = "one more line of an answer that has no end of its own, padded a little\n".getBytes();

    /** On daemon threads, so that a scenario ends. */
    static final ScheduledExecutorService LATER = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "later");
        thread.setDaemon(true);
        return thread;
    });

    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "worker");
        thread.setDaemon(true);
        return thread;
    });

    private static volatile boolean gaveUp;

    private Page() {}

    static ExecutorService workers() {
        return WORKERS;
    }

    static void giveUp() {
        gaveUp = true;
    }

    static boolean gaveUp() {
        return gaveUp;
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Statements of {@link #work()}. */
    static int statements() {
        return 7 + (virtual() == null ? 0 : 1);
    }

    /** Asks the database and the next service here and on threads of others, all for the request. */
    static String work() {
        try {
            WORKERS.submit(() -> {}).get(); // the pool's threads are there: none begins with this request
            ask(1);
            Next.call();
            WORKERS.submit(Next::call).get();
            WORKERS.submit(() -> ask(2)).get();
            CompletableFuture.runAsync(() -> ask(3)).join();
            CompletableFuture.supplyAsync(() -> ask(4), WORKERS).thenApplyAsync(seen -> ask(5) + seen, WORKERS).join();
            new ForkJoinPool(2).submit(() -> {}).get();
            ExecutorService virtual = virtual();
            if (virtual != null) {
                virtual.submit(() -> ask(6)).get();
            }
            CompletableFuture<Integer> outer = new CompletableFuture<>();
            WORKERS.execute(() -> WORKERS.execute(() -> outer.complete(ask(7))));
            outer.get();
            LATER.schedule(() -> ask(8), 0, TimeUnit.MILLISECONDS).get();
            return "worked";
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    static int ask(int number) {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:site");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + number)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Virtual threads, where the JVM has them. */
    private static ExecutorService virtual() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }
}
