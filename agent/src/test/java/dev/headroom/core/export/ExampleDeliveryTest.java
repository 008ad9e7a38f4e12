package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Finished;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import dev.headroom.otlp.OtlpLogsReader.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a request's end to a dashboard that misbehaves; time is moved by hand. */
@Timeout(60)
class ExampleDeliveryTest {
    private static final long MILLI = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final Recorder recorder = new Recorder(clock, 360);
    private final List<String> warnings = new ArrayList<>();
    private final DurationSeries select = recorder.duration(
            Metric.DB_DURATION,
            Attributes.of(Attribute.DB_OPERATION, "SELECT")
                    .with(Attribute.DB_QUERY, "SELECT \"name\" FROM pet WHERE id = ?")
                    .with(Attribute.DB_FINGERPRINT, "00ff00ff00ff00ff"));
    private CollectorServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new CollectorServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Exporter exporter() {
        ExportSettings settings = ExportSettings.of(
                server.address(), Map.of("service.name", "shop", "service.instance.id", "id-1"), "9.9");
        return new Exporter(settings, recorder, () -> Map.of(), warnings::add, () -> 0.5);
    }

    private void run(Exporter exporter, long millis) {
        for (long passed = 0; passed < millis; passed += 250) {
            clock.pass(250);
            exporter.step();
        }
    }

    private void slowRequest(String route, int calls) {
        RequestScope account = new RequestScope();
        account.begin(recorder.examples(), clock.nanos());
        CallStack.current().serve(account);
        for (int i = 0; i < calls; i++) {
            CallStack.current().called(CallStack.Kind.SQL, select, clock.nanos(), MILLI, -1, 0, null);
        }
        CallStack.current().leave(account);
        Finished finished = new Finished();
        finished.set("GET", route, 200, null, 600 * MILLI);
        recorder.examples().finished(finished, account);
    }

    private double counted(Metric metric, String reason) {
        return server.total(
                metric.metricName(),
                point -> reason.equals(point.attributes().get("reason")) ? (Number) point.value() : 0);
    }

    @Test
    void anExampleArrivesWithItsWaterfall() {
        Exporter exporter = exporter();
        slowRequest("/pets/{id}", 3);
        run(exporter, 12_000);

        assertThat(server.logPosts()).hasSize(1);
        CollectorServer.Post post = server.logPosts().get(0);
        assertThat(post.key()).isEqualTo("id-1:l:1");
        assertThat(post.delivery()).contains("sent=", "interval=5000", "windows=1");
        LogRecord record = post.records().get(0);
        assertThat(record.eventName()).isEqualTo("headroom.example");
        assertThat(record.timeNanos()).isEqualTo((1_800_000_000_000L - 600) * MILLI);
        assertThat(record.attributes())
                .containsEntry("headroom.example.kind", "request")
                .containsEntry("headroom.example.reason", "slow")
                .containsEntry("http.route", "/pets/{id}")
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("headroom.query.fingerprint", "00ff00ff00ff00ff")
                .containsEntry("headroom.duration.ns", "600000000")
                .doesNotContainKey("error.type");
        String id = record.attributes().get("headroom.example.id");
        assertThat(id).matches("[0-9a-f]{16}");
        assertThat(record.body())
                .startsWith(
                        "{\"v\":1,\"id\":\"" + id + "\",\"kind\":\"request\",\"reason\":\"slow\",\"startUnixNanos\":")
                .contains("\"split\":{\"dbNanos\":3000000,\"redisNanos\":0,\"httpNanos\":0,\"poolNanos\":0,"
                        + "\"ownNanos\":597000000},\"rows\":0,\"calls\":[{\"kind\":\"sql\",\"operation\":\"SELECT\","
                        + "\"text\":\"SELECT \\\"name\\\" FROM pet WHERE id = ?\","
                        + "\"fingerprint\":\"00ff00ff00ff00ff\",\"startNanos\":0,\"durationNanos\":3000000,"
                        + "\"longestNanos\":1000000,\"count\":3")
                .endsWith("}],\"callsLeftOut\":0}");
        assertThat(counted(Metric.AGENT_EXAMPLES, "slow")).isEqualTo(1);
    }

    @Test
    void aCommandSaysHowLargeTheValueWasThatItRead() {
        DurationSeries get = recorder.duration(
                Metric.DB_DURATION,
                Attributes.of(Attribute.DB_OPERATION, "GET").with(Attribute.DB_KEY_PATTERN, "pet:{n}"));
        Exporter exporter = exporter();
        RequestScope account = new RequestScope();
        account.begin(recorder.examples(), clock.nanos());
        CallStack.current().serve(account);
        CallStack.current().called(CallStack.Kind.REDIS, get, clock.nanos(), MILLI, 2048, 1L << 32, null);
        CallStack.current().leave(account);
        Finished finished = new Finished();
        finished.set("GET", "/pets/{id}", 200, null, 600 * MILLI);
        recorder.examples().finished(finished, account);
        run(exporter, 12_000);

        assertThat(server.logPosts().get(0).records().get(0).body())
                .contains("\"text\":\"pet:{n}\"")
                .contains("\"count\":1,\"valueBytes\":2048,\"hits\":1");
    }

    @Test
    void theSameBytesUntilTheyAreTakenAndWindowsGoFirst() {
        server.nextLogs(
                CollectorServer.status(503),
                CollectorServer.HANG_UP,
                CollectorServer.HANG_UP,
                CollectorServer.status(429, "Retry-After", "3"));
        Exporter exporter = exporter();
        slowRequest("/a", 1);
        run(exporter, 120_000);
        slowRequest("/b", 1);
        run(exporter, 12_000);

        List<CollectorServer.Post> posts = server.logPosts();
        assertThat(posts.get(posts.size() - 1).key()).isEqualTo("id-1:l:2");
        List<CollectorServer.Post> first = posts.subList(0, posts.size() - 1);
        assertThat(first).hasSizeGreaterThanOrEqualTo(4).allSatisfy(post -> {
            assertThat(post.key()).isEqualTo("id-1:l:1");
            assertThat(post.body()).isEqualTo(posts.get(0).body());
        });
        assertThat(server.posts()).as("windows were not held up").hasSize(26);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aReceiverThatIsNoDashboardGetsNone() {
        server.stock();
        Exporter exporter = exporter();
        slowRequest("/a", 1);
        run(exporter, 12_000);
        assertThat(recorder.examples().wanted()).isFalse();
        assertThat(server.logPosts()).isEmpty();
        assertThat(counted(Metric.AGENT_EXAMPLES_DROPPED, "no_dashboard")).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsCountedAndNotRepeated() {
        server.nextLogs(CollectorServer.status(404));
        Exporter exporter = exporter();
        slowRequest("/a", 1);
        run(exporter, 12_000);
        slowRequest("/b", 1);
        run(exporter, 60_000);
        assertThat(server.logPosts()).hasSize(1);
        assertThat(counted(Metric.AGENT_EXAMPLES_DROPPED, "http_404")).isEqualTo(1);
        run(exporter, 600_000);
        assertThat(server.logPosts()).hasSize(2);
        assertThat(counted(Metric.AGENT_DROPPED, "http_404")).isZero();
    }

    @Test
    void theQueueKeepsTheNewest() {
        ExampleQueue queue = new ExampleQueue(Map.of("service.name", "shop"), "9.9", 2_000);
        for (int i = 0; i < 20; i++) {
            slowRequest("/r" + i, 1);
            queue.add(recorder.examples().drain());
        }
        long dropped = queue.dropped().get("queue_full");
        assertThat(queue.heapBytes()).isLessThanOrEqualTo(2_000);
        int left = 0;
        for (Batch batch = queue.next(); batch != null; batch = queue.next()) {
            left++;
            assertThat(batch.sequence()).isEqualTo(left);
            queue.settled();
        }
        assertThat(left + dropped).isEqualTo(20);
        assertThat(left).isPositive();
    }
}
