package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StockNamesTest {
    private static final ExplicitHistogram ONE =
            new ExplicitHistogram(new double[] {10}, new long[] {1, 0}, 5, Double.NaN, Double.NaN);

    @Test
    void olderHttpConventionsBecomeOurs() {
        MetricPoint point = histogram(
                "http.server.duration",
                "ms",
                Map.of("http.method", "GET", "http.route", "/a", "http.status_code", "500", "http.scheme", "http"));
        SeriesKey key = StockNames.key(point);

        assertThat(key.metric()).isEqualTo("http.server.request.duration");
        assertThat(key.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "http.request.method", "GET",
                        "http.route", "/a",
                        "http.response.status_code", "500",
                        "url.scheme", "http"));
        assertThat(StockNames.factor(key, point)).isEqualTo(1e-3);
        assertThat(StockNames.key(histogram(
                                "http.client.duration", "ms", Map.of("net.peer.name", "h", "net.peer.port", "8080")))
                        .attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of("server.address", "h", "server.port", "8080"));
    }

    @Test
    void olderDatabaseAttributesBecomeOurs() {
        assertThat(StockNames.key(histogram(
                                "db.client.operation.duration",
                                "s",
                                Map.of("db.system", "mssql", "db.name", "n", "db.operation", "SELECT")))
                        .attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "db.system.name", "microsoft.sql_server", "db.namespace", "n", "db.operation.name", "SELECT"));
    }

    @Test
    void whatStandsThereUnderOurNameIsNotReplaced() {
        assertThat(StockNames.key(histogram(
                                "http.server.request.duration",
                                "s",
                                Map.of("http.method", "get", "http.request.method", "GET")))
                        .attributes())
                .isEqualTo(Map.of("http.request.method", "GET"));
    }

    @Test
    void micrometersTagsBecomeOurs() {
        SeriesKey key = StockNames.key(histogram(
                "http.server.requests",
                "milliseconds",
                Map.of("method", "GET", "uri", "UNKNOWN", "status", "404", "exception", "none", "error", "none")));

        assertThat(key.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "http.request.method", "GET", "http.route", "unmatched", "http.response.status_code", "404"));
        assertThat(StockNames.key(gauge("jvm.memory.used", Map.of("area", "nonheap", "id", "Metaspace")))
                        .attributes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("jvm.memory.type", "non_heap", "jvm.memory.pool.name", "Metaspace"));
        assertThat(StockNames.key(gauge("hikaricp.connections.idle", Map.of("pool", "p"))))
                .isEqualTo(new SeriesKey(
                        "db.client.connection.count",
                        Map.of("db.client.connection.pool.name", "p", "db.client.connection.state", "idle")));
    }

    @Test
    void whatIsOfAnotherKindKeepsItsName() {
        MetricPoint counter = MetricPoint.sum("http.server.requests", "", Map.of("uri", "/"), true, true, 1, 2, 3);

        assertThat(StockNames.key(counter)).isEqualTo(new SeriesKey("http.server.requests", Map.of("uri", "/")));
        assertThat(StockNames.key(gauge("my.own", Map.of("status", "ok"))))
                .isEqualTo(new SeriesKey("my.own", Map.of("status", "ok")));
    }

    @Test
    void ofTwoNamesForOneThingTheBetterIsBelieved() {
        SenderStreams streams = new SenderStreams();
        MetricPoint micrometer = histogram("http.server.requests", "ms", Map.of());
        MetricPoint stable = histogram("http.server.request.duration", "s", Map.of());

        assertThat(new BelievedNames(streams, List.of(micrometer)).believes("http.server.requests"))
                .isTrue();
        BelievedNames both = new BelievedNames(streams, List.of(micrometer, stable));
        assertThat(both.believes("http.server.requests")).isFalse();
        assertThat(both.believes("http.server.request.duration")).isTrue();
        assertThat(both.believes("my.own")).isTrue();
        streams.put(StreamKey.of(stable), StreamState.of(stable));
        assertThat(new BelievedNames(streams, List.of(micrometer)).believes("http.server.requests"))
                .isFalse();
    }

    private static MetricPoint histogram(String name, String unit, Map<String, String> attributes) {
        return MetricPoint.explicit(name, unit, attributes, true, 1, 2, ONE);
    }

    private static MetricPoint gauge(String name, Map<String, String> attributes) {
        return MetricPoint.gauge(name, "", attributes, 2, 1);
    }
}
