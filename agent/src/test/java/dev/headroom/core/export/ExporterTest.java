package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExporterTest {
    private static final String DURATION = Metric.HTTP_SERVER_DURATION.metricName();

    private final ManualClock clock = new ManualClock();
    private final Recorder recorder = new Recorder(clock, 360);
    private final List<String> warnings = new ArrayList<>();
    private final DurationSeries series =
            recorder.duration(Metric.HTTP_SERVER_DURATION, Attributes.of(Attribute.HTTP_ROUTE, "/a"));
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
                        server.address(), Map.of("service.name", "shop", "service.instance.id", "id-1"), "9.9")
                .withHeaders(Map.of("Authorization", "Bearer secret"));
        return new Exporter(settings, recorder, Map::of, warnings::add, () -> 0.5);
    }

    /** Lets time pass in quarters of a second, the thread's work being done whenever it is due. */
    private void run(Exporter exporter, long millis) {
        for (long passed = 0; passed < millis; passed += 250) {
            clock.pass(250);
            exporter.step();
        }
    }

    @Test
    void sendsAWindowThatSaysWhoWhenAndHowOften() {
        Exporter exporter = exporter();
        series.record(1_000_000);
        series.record(2_000_000);

        run(exporter, 6_000);

        assertThat(server.posts()).hasSize(1);
        CollectorServer.Post post = server.posts().get(0);
        assertThat(post.key()).isEqualTo("id-1:m:1");
        assertThat(post.headers().get("User-agent")).containsExactly("headroom-agent/9.9");
        assertThat(post.headers().get("Authorization")).containsExactly("Bearer secret");
        assertThat(post.decoded().resources().get(0).resource()).containsEntry("service.name", "shop");
        assertThat(server.total(DURATION, point -> point.exponential().count())).isEqualTo(2);
    }

    @Test
    void sendsTheSameBytesUnderTheSameKeyUntilTheyAreTaken() {
        server.next(CollectorServer.status(503), CollectorServer.HANG_UP, CollectorServer.status(429));
        Exporter exporter = exporter();
        for (int i = 0; i < 6; i++) {
            series.record(1_000_000);
            run(exporter, 5_000);
        }
        run(exporter, 5_000);

        List<CollectorServer.Post> posts = server.posts();
        assertThat(posts.subList(0, 4)).extracting(CollectorServer.Post::key).containsOnly("id-1:m:1");
        assertThat(posts.subList(1, 4))
                .allSatisfy(
                        post -> assertThat(post.body()).isEqualTo(posts.get(0).body()));
        assertThat(server.total(DURATION, point -> point.exponential().count())).isEqualTo(6);
    }
}
