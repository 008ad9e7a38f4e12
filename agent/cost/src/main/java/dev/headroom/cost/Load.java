package dev.headroom.cost;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Requests to the library application in a fixed mix, over connections that stay open. One load at a time. */
final class Load implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(5);

    /** One round of the mix; the list of authors takes nine statements, a renewal a transaction of two. */
    private static final List<String> MIX = List.of(
            "GET /books/7",
            "GET /books?page=3",
            "GET /loans/11",
            "GET /authors/5",
            "GET /books/42",
            "POST /loans/13/renewals",
            "GET /books/search?title=k%203-",
            "GET /authors",
            "GET /books/99",
            "GET /loans/most-renewed");

    private final byte[][] requests;
    private final List<HttpLine> lines = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    Load(int port) throws IOException {
        requests = MIX.stream()
                .map(request -> request.split(" "))
                .map(words -> HttpLine.request(words[0], words[1]))
                .toArray(byte[][]::new);
        for (int i = 0; i < CONNECTIONS; i++) {
            lines.add(new HttpLine(port));
        }
    }

    /** Times of all requests, sorted. */
    static final class Answers {
        private final long[] sortedNanos;

        Answers(long[] nanos) {
            sortedNanos = nanos;
            Arrays.sort(sortedNanos);
        }

        int count() {
            return sortedNanos.length;
        }

        /** The smallest time that at least that share of the requests kept. */
        long quantileNanos(double share) {
            return sortedNanos[Math.max(0, (int) Math.ceil(share * sortedNanos.length) - 1)];
        }
    }

    /** Each connection asks again as soon as it has its answer. */
    Answers atFullSpeed(Duration length) throws IOException, InterruptedException {
        return fullSpeed(System.nanoTime() + length.toNanos(), Integer.MAX_VALUE);
    }

    /** As many requests, each connection asking again as soon as it has its answer. */
    Answers atFullSpeed(int requests) throws IOException, InterruptedException {
        return fullSpeed(System.nanoTime() + WARM_UP_LIMIT.toNanos(), requests);
    }

    private Answers fullSpeed(long end, int count) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        return run(line -> {
            List<Long> times = new ArrayList<>();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long begun = System.nanoTime();
                if (begun - end >= 0) {
                    break;
                }
                ask(line, i);
                times.add(System.nanoTime() - begun);
            }
            return times;
        });
    }

    /** Request i is due at i/rate seconds, and timed from then on whether or not a connection is free. */
    Answers atRate(int requestsPerSecond, Duration length) throws IOException, InterruptedException {
        long count = length.toSeconds() * requestsPerSecond;
        long begun = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        return run(line -> {
            List<Long> times = new ArrayList<>();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long due = begun + i * NANOS_PER_SECOND / requestsPerSecond;
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                ask(line, i);
                times.add(System.nanoTime() - due);
            }
            return times;
        });
    }

    private void ask(HttpLine line, int number) throws IOException {
        int which = Math.floorMod(number, requests.length);
        int status = line.ask(requests[which]);
        if (status != 200) {
            throw new CostFailure("the application answered " + MIX.get(which) + " with " + status);
        }
    }

    private interface Worker {
        List<Long> times(HttpLine line) throws IOException;
    }

    private Answers run(Worker worker) throws IOException, InterruptedException {
        List<Future<List<Long>>> running = new ArrayList<>();
        for (HttpLine line : lines) {
            running.add(threads.submit(() -> worker.times(line)));
        }
        List<Long> times = new ArrayList<>();
        for (Future<List<Long>> each : running) {
            try {
                times.addAll(each.get());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof CostFailure failure) {
                    throw failure;
                }
                throw new IOException("the load broke off", failed.getCause());
            }
        }
        return new Answers(times.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (HttpLine line : lines) {
            line.close();
        }
    }
}
