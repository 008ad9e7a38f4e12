package dev.headroom.soak;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * H2, Jedis and the JDK's HTTP clients at full speed on all cores for {@code args[0]} seconds. With {@code churn} as {@code args[1]} it
 * also makes new statements and keys without end, far beyond all caps. The servers are in the same process. It ends with lines
 * {@code <name> <number>}: what it did, by {@link Made}, and the heap after full collections, early and at the end.
 */
public final class SoakProgram {
    private static final Duration LATEST_EARLY = Duration.ofMinutes(5);
    private static final int COLLECTIONS = 5;
    private static final long COLLECTION_PAUSE_MILLIS = 300;

    private final LongAdder httpRequests = new LongAdder();
    private final LongAdder statements = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder gets = new LongAdder();
    private final RespServer redis;
    private final HttpServer http;
    private final boolean churn;

    private SoakProgram(boolean churn) throws IOException {
        this.churn = churn;
        redis = new RespServer();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    public static void main(String[] arguments) throws Exception {
        Duration length = Duration.ofSeconds(Long.parseLong(arguments[0]));
        new SoakProgram(arguments.length > 1 && arguments[1].equals("churn")).run(length);
    }

    private void run(Duration length) throws Exception {
        Duration early = length.dividedBy(3).compareTo(LATEST_EARLY) < 0 ? length.dividedBy(3) : LATEST_EARLY;
        ExecutorService httpThreads = Executors.newCachedThreadPool();
        http.setExecutor(httpThreads);
        http.createContext("/", exchange -> {
            httpRequests.increment();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        redis.start();
        try {
            work(early);
            long heapEarly = heapBytes();
            work(length.minus(early));
            long heapEnd = heapBytes();
            say(Made.STATEMENTS, statements.sum());
            say(Made.ROWS, rows.sum());
            say(Made.REDIS_COMMANDS, redis.commands());
            say(Made.REDIS_GETS, gets.sum());
            say(Made.HTTP_REQUESTS, httpRequests.sum());
            say(Made.HEAP_EARLY, heapEarly);
            say(Made.HEAP_END, heapEnd);
        } finally {
            http.stop(0);
            httpThreads.shutdownNow();
            redis.close();
        }
    }

    private static void say(Made made, long number) {
        System.out.println(made + " " + number);
    }

    /** One worker a core, each with connections of its own, to the end of the time. */
    private void work(Duration length) throws InterruptedException, ExecutionException {
        int workers = Runtime.getRuntime().availableProcessors();
        long end = System.nanoTime() + length.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            running.add(threads.submit(() -> {
                try (SoakWorker worker =
                        new SoakWorker(redis.port(), http.getAddress().getPort(), churn)) {
                    while (System.nanoTime() - end < 0) {
                        worker.round();
                    }
                    statements.add(worker.statements());
                    rows.add(worker.rows());
                    gets.add(worker.gets());
                }
                return null;
            }));
        }
        threads.shutdown();
        for (Future<?> each : running) {
            each.get();
        }
    }

    /** The smallest of some readings: what a window in the making holds is not the point. */
    private static long heapBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(COLLECTION_PAUSE_MILLIS);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
