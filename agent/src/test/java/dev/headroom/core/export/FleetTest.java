package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.otlp.MetricPoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many agents and one dashboard that was away, or has had enough: they do not come back in step, and nothing is lost. */
@Timeout(120)
class FleetTest {
    private static final int AGENTS = 200;

    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(11);
    private final List<Exporter> exporters = new ArrayList<>();
    private final List<CounterSeries> counters = new ArrayList<>();

    private void agents(CollectorServer server) {
        for (int i = 0; i < AGENTS; i++) {
            Recorder recorder = new Recorder(clock, 360);
            counters.add(recorder.counter(Metric.DB_ROWS, Attributes.NONE));
            Map<String, String> resource = Map.of("service.name", "shop", "service.instance.id", "agent-" + i);
            ExportSettings settings = ExportSettings.of(server.address(), resource, "9.9");
            exporters.add(new Exporter(settings, recorder, Map::of, warning -> {}, random::nextDouble));
        }
    }

    private void run(long millis) {
        for (long passed = 0; passed < millis; passed += 100) {
            clock.pass(100);
            exporters.forEach(Exporter::step);
        }
    }

    /** How many agents came for the first time in each of so many seconds. */
    private List<Integer> arrivals(CollectorServer server, int seconds) {
        int begin = server.postCount();
        List<Integer> arrivals = new ArrayList<>();
        int before = 0;
        for (int second = 0; second < seconds; second++) {
            run(1_000);
            int now = server.sendersSince(begin);
            arrivals.add(now - before);
            before = now;
        }
        return arrivals;
    }

    @Test
    void spreadsOverTheTimeNamedWhenItIsToldToWaitAllAtOnce() throws IOException {
        try (CollectorServer server = new CollectorServer()) {
            server.always(CollectorServer.status(200, "Headroom-Spread", "20000"));
            agents(server);
            counters.forEach(counter -> counter.add(1));
            run(6_000);
            assertThat(server.kept()).hasSize(AGENTS);

            server.always(CollectorServer.status(429, "Retry-After", "3"));
            run(5_000);
            server.always(CollectorServer.status(200, "Headroom-Spread", "20000"));
            List<Integer> arrivals = arrivals(server, 25);

            // Told to wait within one second of each other, they come back over 20 s: 10 a second on the average.
            assertThat(arrivals).allMatch(agents -> agents < 30);
            assertThat(arrivals.stream().mapToInt(Integer::intValue).sum()).isEqualTo(AGENTS);
            run(20_000);
            assertThat(server.total(Metric.DB_ROWS.metricName(), MetricPoint::value))
                    .isEqualTo(AGENTS);
        }
    }

    @Test
    void comesBackEvenlyAfterAnOutageWithoutAnyWord() throws IOException {
        CollectorServer server = new CollectorServer();
        int port = server.port();
        agents(server);
        counters.forEach(counter -> counter.add(1));
        server.close();
        run(120_000);
        try (CollectorServer back = new CollectorServer(port)) {
            List<Integer> arrivals = arrivals(back, 20);

            // Full jitter of 15 s: 13 a second on the average.
            assertThat(arrivals).allMatch(agents -> agents < 40);
            assertThat(arrivals.stream().mapToInt(Integer::intValue).sum()).isEqualTo(AGENTS);
            run(60_000);
            assertThat(back.total(Metric.DB_ROWS.metricName(), MetricPoint::value))
                    .isEqualTo(AGENTS);
        }
    }
}
