package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole way from a recorded value to a server that misbehaves; time is moved by hand. */
@Timeout(60)
class ExporterTest {
    private static final String DURATION = Metric.HTTP_SERVER_DURATION.metricName();
    private static final String ROWS = Metric.DB_ROWS.metricName();

    private final ManualClock clock = new ManualClock();
    private final Recorder recorder = new Recorder(clock, 360);
    private final List<String> warnings = new ArrayList<>();
    private final DurationSeries series =
            recorder.duration(Metric.HTTP_SERVER_DURATION, Attributes.of(Attribute.HTTP_ROUTE, "/a"));
    private final CounterSeries rows = recorder.counter(Metric.DB_ROWS, Attributes.NONE);
    private CollectorServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new CollectorServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ExportSettings settings() {
        return ExportSettings.of(
                        server.address(), Map.of("service.name", "shop a", "service.instance.id", "id-1"), "9.9")
                .withHeaders(Map.of("Authorization", "Bearer secret"));
    }

    private Exporter exporter(ExportSettings settings) {
        return new Exporter(settings, recorder, () -> Map.of("jdbc", 3L), warnings::add, () -> 0.5);
    }

    private Exporter exporter() {
        return exporter(settings());
    }

    /** Lets time pass in quarters of a second, the thread's work being done whenever it is due. */
    private void run(Exporter exporter, long millis) {
        for (long passed = 0; passed < millis; passed += 250) {
            clock.pass(250);
            exporter.step();
        }
    }

    /** Some traffic in each of so many windows. */
    private long traffic(Exporter exporter, int windows) {
        long calls = 0;
        for (int i = 0; i < windows; i++) {
            for (int call = 0; call <= i % 7; call++) {
                series.record(1_000_000L * (call + 1));
                rows.add(2);
                calls++;
            }
            run(exporter, 5_000);
        }
        return calls;
    }

    private double kept(String metric, String attribute, String value) {
        return server.total(
                metric, point -> value.equals(point.attributes().get(attribute)) ? (Number) point.value() : 0);
    }

    private long keptCalls() {
        return (long) server.total(DURATION, point -> point.exponential().count());
    }

    @Test
    void sendsAWindowThatSaysWhoWhenAndHowOften() {
        Exporter exporter = exporter();
        long start = clock.wallMillis();
        series.record(1_000_000);
        series.record(2_000_000);

        run(exporter, 6_000);

        assertThat(server.posts()).hasSize(1);
        CollectorServer.Post post = server.posts().get(0);
        assertThat(post.key()).isEqualTo("id-1:m:1");
        assertThat(post.headers().get("User-agent")).containsExactly("headroom-agent/9.9");
        assertThat(post.headers().get("Authorization")).containsExactly("Bearer secret");
        assertThat(post.headers().get("Content-type")).containsExactly("application/x-protobuf");
        assertThat(post.headers().get("Content-encoding")).containsExactly("gzip");
        assertThat(post.decoded().resources().get(0).resource()).containsEntry("service.name", "shop a");
        assertThat(keptCalls()).isEqualTo(2);
        MetricPoint point = post.decoded().resources().get(0).points().stream()
                .filter(each -> each.metric().equals(DURATION))
                .findFirst()
                .orElseThrow();
        assertThat(point.startNanos()).isEqualTo(start * 1_000_000);
        assertThat(point.timeNanos()).isEqualTo((start + 5_000) * 1_000_000);
        assertThat(point.delta()).isTrue();
        assertThat(kept("headroom.agent.hook.failures", "headroom.hook", "jdbc"))
                .isEqualTo(3);
    }

    @Test
    void sendsTheSameBytesUnderTheSameKeyUntilTheyAreTaken() {
        server.next(CollectorServer.status(503), CollectorServer.status(502), CollectorServer.status(429));
        Exporter exporter = exporter();
        long calls = traffic(exporter, 8);
        run(exporter, 10_000);

        List<CollectorServer.Post> posts = server.posts();
        assertThat(posts.subList(0, 4)).extracting(CollectorServer.Post::key).containsOnly("id-1:m:1");
        assertThat(posts.subList(1, 4))
                .allSatisfy(
                        post -> assertThat(post.body()).isEqualTo(posts.get(0).body()));
        assertThat(keptCalls()).isEqualTo(calls);
        assertThat(warnings).hasSize(1).first().asString().contains(server.address(), "HTTP 503");
    }

    @Test
    void countsOnceWhatArrivesTwice() {
        Exporter exporter = exporter();
        long calls = 0;
        for (int i = 0; i < 10; i++) {
            server.next(CollectorServer.HANG_UP, CollectorServer.HANG_UP);
            calls += traffic(exporter, 1);
        }
        run(exporter, 200_000);

        assertThat(server.posts()).hasSizeGreaterThan(server.kept().size());
        assertThat(keptCalls()).isEqualTo(calls);
        assertThat(server.total(ROWS, MetricPoint::value)).isEqualTo(2.0 * calls);
        for (CollectorServer.Post post : server.posts()) {
            assertThat(server.kept())
                    .filteredOn(kept -> kept.key().equals(post.key()))
                    .allSatisfy(kept -> assertThat(post.body()).isEqualTo(kept.body()));
        }
    }

    @Test
    void givesUpAndCountsWhatIsRefusedForGood() {
        server.next(CollectorServer.status(400), CollectorServer.status(413));
        Exporter exporter = exporter();
        traffic(exporter, 4);
        run(exporter, 5_000);

        assertThat(server.posts())
                .extracting(CollectorServer.Post::key)
                .startsWith("id-1:m:1", "id-1:m:2", "id-1:m:3", "id-1:m:4");
        assertThat(kept("headroom.agent.dropped", "reason", "http_400")).isEqualTo(1);
        assertThat(kept("headroom.agent.dropped", "reason", "http_413")).isEqualTo(1);
        assertThat(warnings).hasSize(1).first().asString().contains("refused", "http_400");
    }

    @Test
    void waitsAsLongAsTheServerWishes() {
        server.next(CollectorServer.status(503, "Retry-After", "30"));
        Exporter exporter = exporter();
        run(exporter, 34_000);
        assertThat(server.posts()).hasSize(1);

        run(exporter, 3_000);
        assertThat(server.posts()).hasSizeGreaterThan(1);
    }

    /** The server's clock says how long that is, wherever ours is. */
    @Test
    void waitsUntilTheTimeTheServerNames() {
        Instant at = Instant.now().plusSeconds(60);
        server.next(CollectorServer.status(
                429, "Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC))));
        Exporter exporter = exporter();
        run(exporter, 5_000 + 57_000);
        assertThat(server.posts()).hasSize(1);

        run(exporter, 6_000);
        assertThat(server.posts()).hasSizeGreaterThan(1);
    }

    /** The server's answers name the true time; the JVM's clock is an hour ahead for a while, then an hour behind. */
    @Test
    void keepsWindowsInPlaceThroughStepsOfTheClock() {
        clock.step(System.currentTimeMillis() / 5_000 * 5_000 - clock.wallMillis());
        Exporter exporter = exporter();
        long begin = clock.wallMillis();
        long calls = 0;
        for (long step : new long[] {0, 3_600_000, -7_200_000, 3_600_000}) {
            clock.step(step);
            calls += traffic(exporter, 4);
        }
        run(exporter, 5_500);

        long end = begin;
        for (CollectorServer.Post post : server.kept()) {
            MetricPoint point = post.decoded().resources().get(0).points().stream()
                    .filter(each -> each.startNanos() > 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(point.startNanos() / 1_000_000).isEqualTo(end);
            assertThat(point.timeNanos() / 1_000_000).isEqualTo(end + 5_000);
            end += 5_000;
        }
        assertThat(end).isEqualTo(begin + 17 * 5_000);
        assertThat(keptCalls()).isEqualTo(calls);
    }

    @Test
    void tellsHowEveryWindowIsDelivered() throws IOException {
        int port = server.port();
        Exporter exporter = exporter(settings().withQueue(2, 1 << 20));
        traffic(exporter, 2);
        server.close();
        List<CollectorServer.Post> before = server.posts();
        traffic(exporter, 12);
        server = new CollectorServer(port);
        run(exporter, 40_000);

        assertThat(before.get(0).delivery()).matches("sent=\\d+; interval=5000; windows=1");
        int windows = 0;
        long end = 0;
        for (CollectorServer.Post post : server.kept()) {
            end = Math.max(end, endMillis(post));
            String told = post.delivery();
            windows += Integer.parseInt(told.substring(told.indexOf("windows=") + "windows=".length()));
        }
        assertThat(windows).as("every window is in one that came").isEqualTo((int)
                ((end - endMillis(before.get(before.size() - 1))) / 5_000));
    }

    private static long endMillis(CollectorServer.Post post) {
        return post.decoded().resources().get(0).points().get(0).timeNanos() / 1_000_000;
    }

    @Test
    void takesLeaveWithTheLastWindowOnly() {
        Exporter exporter = exporter();
        traffic(exporter, 2);
        exporter.start();
        series.record(1_000_000);
        clock.pass(100);
        exporter.close();

        List<String> told =
                server.posts().stream().map(CollectorServer.Post::delivery).toList();
        assertThat(told).hasSizeGreaterThan(2);
        assertThat(told.subList(0, told.size() - 1)).noneMatch(delivery -> delivery.endsWith("; last"));
        assertThat(told.get(told.size() - 1)).endsWith("; last");
    }

    @Test
    void comesBackLaterTheLargerTheDashboardSaysTheFleetIs() {
        Exporter exporter = exporter();
        server.next(
                CollectorServer.status(200, "Headroom-Spread", "100000"),
                CollectorServer.status(429, "Retry-After", "2"));
        run(exporter, 11_000);
        assertThat(server.posts()).hasSize(2);
        run(exporter, 50_000);
        assertThat(server.posts()).as("2 s and half of 100 s").hasSize(2);
        run(exporter, 5_000);
        assertThat(server.posts()).hasSizeGreaterThan(2);
    }

    @Test
    void sendsEverySecondWhileTheDashboardWishesIt() {
        Exporter exporter = exporter();
        server.always(CollectorServer.status(200, "Headroom-Interval", "1000"));
        traffic(exporter, 1);
        run(exporter, 6_000);
        int before = server.postCount();
        run(exporter, 10_000);

        assertThat(server.postCount() - before).isBetween(9, 11);
        assertThat(server.posts().get(server.postCount() - 1).delivery()).contains("interval=1000");
        server.always(CollectorServer.ACCEPT);
        run(exporter, 6_000);
        int after = server.postCount();
        run(exporter, 10_000);
        assertThat(server.postCount() - after).as("nobody looks on any more").isEqualTo(2);
    }

    @Test
    void sendsAsUsualToADashboardThatTakesNothing() {
        Exporter exporter = exporter();
        server.next(CollectorServer.status(200, "Headroom-Interval", "1000"));
        server.always(CollectorServer.status(503, "Headroom-Interval", "1000", "Retry-After", "1"));
        traffic(exporter, 1);
        run(exporter, 60_000);

        List<CollectorServer.Post> posts = server.posts();
        assertThat(posts.get(posts.size() - 1).delivery()).contains("interval=5000");
    }

    @Test
    void keepsEverythingWhileTheServerIsGoneForLong() throws IOException {
        int port = server.port();
        Exporter exporter = exporter(settings().withQueue(5, 1 << 20));
        long calls = traffic(exporter, 2);
        server.close();
        List<CollectorServer.Post> before = server.kept();
        long callsBefore = keptCalls();
        calls += traffic(exporter, 60);
        server = new CollectorServer(port);
        run(exporter, 60_000);
        calls += traffic(exporter, 2);
        run(exporter, 10_000);

        assertThat(before).isNotEmpty();
        assertThat(keptCalls() + callsBefore).isEqualTo(calls);
        assertThat(server.total("headroom.agent.merged", MetricPoint::value)).isGreaterThan(40);
        assertThat(warnings).hasSize(1).first().asString().contains("does not take measurements");
    }

    @Test
    void sendsAgainWhenTheAnswerDoesNotComeInTime() {
        CountDownLatch end = new CountDownLatch(1);
        server.next(exchange -> {
            await(end);
            exchange.close();
        });
        Exporter exporter = exporter(settings().withAnswerTimeoutMillis(300));
        long calls = traffic(exporter, 3);
        run(exporter, 5_000);
        end.countDown();

        assertThat(server.posts().get(0).key()).isEqualTo(server.posts().get(1).key());
        assertThat(server.posts().get(0).body()).isEqualTo(server.posts().get(1).body());
        assertThat(keptCalls()).isEqualTo(calls);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closesWindowsOnTimeWhileAnAnswerIsAwaited() {
        AtomicInteger rotations = new AtomicInteger();
        recorder.gauges(sink -> rotations.incrementAndGet());
        server.next(exchange -> {
            int before = rotations.get();
            clock.pass(5_000);
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (rotations.get() == before && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            CollectorServer.status(rotations.get() == before ? 500 : 200).answer(exchange);
        });
        Exporter exporter = exporter();
        run(exporter, 6_000);

        assertThat(rotations).hasValue(2);
        assertThat(warnings).isEmpty();
    }

    @Test
    void countsAtTheLimitsThatTheDashboardHandsOver() {
        server.orders("7", "version 7\n" + DURATION + " 99999999 250000000\n");
        Exporter exporter = exporter();
        run(exporter, 6_000);
        series.record(99_999_999);
        series.record(100_000_000);
        series.record(250_000_001);
        run(exporter, 5_000);

        assertThat(server.orderRequests()).containsExactly("/api/v1/agent/orders?service=shop%20a&instance=id-1");
        ExplicitHistogram limits = server.posts().get(1).decoded().resources().get(0).points().stream()
                .filter(point -> point.metric().equals(DURATION + Metric.LIMITS_SUFFIX))
                .findFirst()
                .orElseThrow()
                .explicit();
        assertThat(limits.bounds()).containsExactly(0.099999999, 0.25);
        assertThat(limits.counts()).containsExactly(1, 1, 1);
    }

    @Test
    void asksAgainForLimitsOnlyWhenTheirVersionChanges() {
        server.orders("7", "version 7\n" + DURATION + " 5\n");
        Exporter exporter = exporter();
        traffic(exporter, 5);
        server.orders("8", "nonsense");
        traffic(exporter, 5);

        assertThat(server.orderRequests()).hasSize(2);
        assertThat(warnings).hasSize(1).first().asString().contains("line 1 is \"nonsense\"");
    }

    @Test
    void endsWithTheLastWindowSentWhenTheJvmEnds() {
        Exporter exporter = exporter();
        exporter.start();
        series.record(1_000_000);
        clock.pass(1_234);

        exporter.close();

        assertThat(keptCalls()).isEqualTo(1);
        MetricPoint point = server.posts().get(0).decoded().resources().get(0).points().stream()
                .filter(each -> each.metric().equals(DURATION))
                .findFirst()
                .orElseThrow();
        assertThat(point.timeNanos() - point.startNanos()).isEqualTo(1_234_000_000L);
    }

    @Test
    void doesNotHoldUpTheEndOfTheJvmForAServerThatSaysNothing() {
        CountDownLatch end = new CountDownLatch(1);
        server.next(exchange -> {
            await(end);
            exchange.close();
        });
        Exporter exporter = exporter();
        exporter.start();
        series.record(1_000_000);

        long begun = System.nanoTime();
        exporter.close();
        long tookMillis = (System.nanoTime() - begun) / 1_000_000;
        end.countDown();

        assertThat(tookMillis).isLessThan(Exporter.EXIT_MILLIS + 1_000);
    }

    @Test
    void keepsOneConnection() {
        traffic(exporter(), 5);

        assertThat(server.clientPorts()).hasSize(1);
    }
}
