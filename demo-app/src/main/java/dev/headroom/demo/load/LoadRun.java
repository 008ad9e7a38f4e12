package dev.headroom.demo.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Visitors at work against one shop. A visitor that is stopped finishes the request it is in, so that every request
 * made is either answered and counted, or counted as unanswered. Thread-safe.
 */
public final class LoadRun implements AutoCloseable {
    private static final int UNANSWERED = -1;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ConcurrentMap<String, ConcurrentMap<Integer, LongAdder>> tally = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> visitors = new ArrayList<>();
    private final URI shop;
    private final LoadMix mix;
    private final LoadPlan plan;

    private LoadRun(URI shop, LoadMix mix, LoadPlan plan) {
        this.shop = shop;
        this.mix = mix;
        this.plan = plan;
    }

    /** Lets the visitors in; returns at once. */
    public static LoadRun start(URI shop, LoadMix mix, LoadPlan plan) {
        LoadRun run = new LoadRun(shop, mix, plan);
        for (int i = 0; i < plan.visitors(); i++) {
            Visitor visitor = new Visitor(plan.seed() + i);
            Thread thread = new Thread(() -> run.visit(visitor), "visitor-" + i);
            thread.setDaemon(true);
            run.visitors.add(thread);
        }
        run.visitors.forEach(Thread::start);
        return run;
    }

    /** Waits until every visitor has made all its requests or was stopped. */
    public void await() throws InterruptedException {
        for (Thread visitor : visitors) {
            visitor.join();
        }
    }

    /** The counts so far; exact once the run is over. */
    public LoadCounts counts() {
        SortedMap<String, SortedMap<Integer, Long>> answers = new TreeMap<>();
        SortedMap<String, Long> unanswered = new TreeMap<>();
        tally.forEach((route, statuses) -> statuses.forEach((status, count) -> {
            if (status == UNANSWERED) {
                unanswered.put(route, count.sum());
            } else {
                answers.computeIfAbsent(route, any -> new TreeMap<>()).put(status, count.sum());
            }
        }));
        return new LoadCounts(answers, unanswered);
    }

    /** Stops the visitors and waits for their last answers, which take 30 s at most. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(Visitor visitor) {
        for (Ask ask : mix.first()) {
            count(ask.route(), answer(visitor, ask));
        }
        for (long made = 0; made < plan.requestsPerVisitor() && stopped.getCount() > 0; made++) {
            LoadMix.Step step = mix.pick(visitor);
            Ask ask = step.ask().apply(visitor);
            count(ask.route(), answer(visitor, ask));
            try {
                long halfMillis = (long) (step.think().toMillis() * plan.thinkFactor() / 2);
                if (halfMillis > 0
                        && stopped.await(
                                halfMillis + visitor.random().nextLong(2 * halfMillis), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The answer's status, or {@link #UNANSWERED}. */
    private int answer(Visitor visitor, Ask ask) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(shop.resolve(ask.path())).timeout(Duration.ofSeconds(30));
        String body = ask.body();
        if (body == null) {
            request.method(ask.method(), BodyPublishers.noBody());
        } else {
            request.method(ask.method(), BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        }
        if (ask.offersGzip()) {
            request.header("Accept-Encoding", "gzip");
        }
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() == 201) {
                answer.headers().firstValue("Location").ifPresent(visitor::placed);
            }
            return answer.statusCode();
        } catch (IOException unanswered) {
            return UNANSWERED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return UNANSWERED;
        }
    }

    private void count(String route, int status) {
        tally.computeIfAbsent(route, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(status, any -> new LongAdder())
                .increment();
    }
}
