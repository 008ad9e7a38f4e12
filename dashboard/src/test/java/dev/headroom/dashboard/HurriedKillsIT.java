package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * SIGKILL while the store rolls up and changes files: a minute of the dashboard's clock is a second of ours, so that a kill meets
 * what happens every minute and every half hour. After each start, what is read lies between what was answered and what was sent.
 * {@code -Dhurried.kills=50} for more.
 */
class HurriedKillsIT {
    private static final int KILLS = Integer.getInteger("hurried.kills", 6);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int AGENTS = 6;
    private static final int LONGEST_START_MILLIS = 3_000;
    private static final int LONGEST_SERVICE_MILLIS = 6_000;
    private static final Duration LATEST = Duration.ofMinutes(20);
    private static final Map<String, String> HITS = Map.of("cache", "c", "result", "hit");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Instant since = Instant.now();
    private final Random random = new Random(SEED);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong windows = new AtomicLong();
    private volatile ChildDashboard dashboard;
    private volatile boolean over;

    @TempDir
    Path home;

    @Test
    void nothingIsLostOrDoubledAtAnyMoment() throws Exception {
        int port = ChildDashboard.freePort();
        dashboard = launch(port);
        ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
        try {
            List<Future<?>> agents = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                long seed = SEED + i;
                agents.add(threads.submit(() -> {
                    send(new Random(seed));
                    return null;
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                if (random.nextInt(10) < 3) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_START_MILLIS)); // the moment is what is tested
                } else {
                    dashboard.awaitHealthy();
                    storedLiesBetweenAnsweredAndSent();
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_SERVICE_MILLIS));
                    storedLiesBetweenAnsweredAndSent();
                }
                dashboard.kill();
                dashboard = launch(port);
            }
            dashboard.awaitHealthy();
            over = true;
            for (Future<?> agent : agents) {
                agent.get(1, TimeUnit.MINUTES);
            }
            assertThat(answered.get()).isEqualTo(sent.get());
            assertThat(stored()).isEqualTo(sent.get());
            System.out.printf(
                    "%d kills over %d minutes of the dashboard's clock, %d windows, seed %d%n",
                    KILLS, Duration.between(since, HurriedDashboard.now(since)).toMinutes(), windows.get(), SEED);
        } finally {
            over = true;
            threads.shutdownNow();
            dashboard.close();
        }
    }

    private ChildDashboard launch(int port) throws IOException {
        return ChildDashboard.start(
                HurriedDashboard.class,
                home,
                port,
                List.of("-Xmx256m", "-D" + HurriedDashboard.SINCE + "=" + since.toEpochMilli()));
    }

    private void storedLiesBetweenAnsweredAndSent() throws Exception {
        long atLeast = answered.get();
        long stored = stored();
        assertThat(stored).as("stored, seed " + SEED).isBetween(atLeast, sent.get());
    }

    private long stored() throws Exception {
        long from = since.minus(LATEST).minusSeconds(60).toEpochMilli();
        long to = HurriedDashboard.now(since).plusSeconds(60).toEpochMilli();
        HttpResponse<String> answer = dashboard.get("/api/v1/caches?service=hurried&from=" + from + "&to=" + to);
        if (answer.statusCode() == 404) {
            return 0; // nothing of the service has been stored yet
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        long hits = 0;
        for (JsonNode cache : JSON.readTree(answer.body()).path("items")) {
            hits += cache.path("hits").asLong();
        }
        return hits;
    }

    /** Numbered windows, each until it is answered; one in ten is about a time long past. */
    private void send(Random moments) throws Exception {
        AgentSender agent = new AgentSender("hurried");
        while (!over) {
            Duration age = moments.nextInt(10) == 0
                    ? Duration.ofSeconds(moments.nextInt((int) LATEST.toSeconds()))
                    : Duration.ZERO;
            long end = HurriedDashboard.now(since).minus(age).toEpochMilli();
            long amount = 1L + moments.nextInt(1_000);
            AgentSender.Numbered window = agent.endingAt(
                            Instant.ofEpochMilli(end / AgentSender.WINDOW_MILLIS * AgentSender.WINDOW_MILLIS))
                    .sum(Metric.CACHE_GETS, HITS, (double) amount)
                    .next();
            sent.addAndGet(amount);
            while (!accepted(window)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            answered.addAndGet(amount);
            windows.incrementAndGet();
        }
    }

    private boolean accepted(AgentSender.Numbered window) throws InterruptedException {
        try {
            int status = dashboard
                    .post(window.body(), "Idempotency-Key", window.key())
                    .statusCode();
            assertThat(status).isIn(200, 429, 503);
            return status == 200;
        } catch (IOException killed) {
            return false;
        }
    }
}
