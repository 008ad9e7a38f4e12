package dev.headroom.demo.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * So many requests by so many threads, each as soon as its last one is answered: the guides' "10 concurrent reads", "5 concurrent
 * creates" and {@code ab -n 1000 -c 10}.
 *
 * @param wallNanos from the first request to the last answer
 * @param timings of each request, from its start
 */
public record Burst(long wallNanos, Timings timings) {
    /** Runs it and returns when all is answered. Throws UncheckedIOException when a connection fails. */
    public static Burst run(URI service, int requests, int concurrency, IntFunction<Ask> ask)
            throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        Timings timings = new Timings();
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                Ask next = ask.apply(i);
                work.add(() -> once(http, service, next, timings));
            }
            long start = System.nanoTime();
            for (Future<Integer> answer : threads.invokeAll(work)) {
                answer.get();
            }
            return new Burst(System.nanoTime() - start, timings);
        } catch (ExecutionException failed) {
            throw new UncheckedIOException(new IOException("A request got no answer", failed.getCause()));
        } finally {
            threads.shutdownNow();
        }
    }

    private static int once(HttpClient http, URI service, Ask ask, Timings timings)
            throws IOException, InterruptedException {
        String body = ask.body();
        HttpRequest request = HttpRequest.newBuilder(service.resolve(ask.path()))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(ask.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        long start = System.nanoTime();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        timings.answered(status, System.nanoTime() - start);
        return status;
    }
}
