package dev.headroom.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AttributeCacheTest {
    private static List<MetricPoint> points(byte[] request, AttributeCache cache) {
        return OtlpMetricsReader.read(request, cache).resources().get(0).points();
    }

    private static byte[] request(MetricPoint... points) {
        return OtlpMetricsWriter.write(new ResourceMetrics(Map.of(), List.of(points)), "scope", "1.0");
    }

    private static MetricPoint gauge(Map<String, String> attributes) {
        return MetricPoint.gauge("heap", "By", attributes, OtlpSamples.END, 1);
    }

    @Test
    void equalAttributesAreOneObjectOverRequestsAndKindsOfPoints() {
        AttributeCache cache = new AttributeCache();
        byte[] request = OtlpSamples.everyTypeBytes();

        List<MetricPoint> first = points(request, cache);
        List<MetricPoint> second = points(request.clone(), cache);

        assertThat(first.get(0).attributes())
                .isSameAs(first.get(2).attributes())
                .isSameAs(second.get(0).attributes())
                .isEqualTo(Map.of("http.route", "/naïve/{id}", "empty", ""));
    }

    @Test
    void readsWhatStandsApart() {
        // time, one attribute, a value, another attribute: no sender writes so, but it may
        ByteArrayOutputStream point = new ByteArrayOutputStream();
        attribute(point, "b", "2");
        point.write(0x21);
        point.writeBytes(new byte[8]);
        attribute(point, "a", "1");
        point.write(0x19);
        point.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, 0, 0});

        byte[] request = nested(
                1, nested(2, nested(2, concat(nested(1, text("m")), nested(5, nested(1, point.toByteArray()))))));

        assertThat(points(request, new AttributeCache()).get(0).attributes()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void readsTheSameAfterItHasForgotten() {
        AttributeCache cache = new AttributeCache();
        String filler = "x".repeat(3_000);
        for (int i = 0; i < 10_000; i++) {
            Map<String, String> attributes = Map.of("route", i + filler);
            assertThat(points(request(gauge(attributes)), cache).get(0).attributes())
                    .isEqualTo(attributes);
        }
        Map<String, String> first = Map.of("route", 0 + filler);
        assertThat(points(request(gauge(first)), cache).get(0).attributes()).isEqualTo(first);
    }

    @Test
    void longOnesAreReadAndNotKept() {
        Map<String, String> attributes = Map.of("sql", "y".repeat(5_000));
        AttributeCache cache = new AttributeCache();

        Map<String, String> first =
                points(request(gauge(attributes)), cache).get(0).attributes();

        assertThat(first).isEqualTo(attributes);
        assertThat(points(request(gauge(attributes)), cache).get(0).attributes())
                .isNotSameAs(first);
    }

    @Test
    void aMapOfAttributesIsEqualToAnyOther() {
        Map<String, String> tree = new TreeMap<>(Map.of("b", "2", "a", "1", "c", "3"));
        AttributeMap attributes = AttributeMap.of(tree);

        assertThat(attributes).isEqualTo(tree).hasSameHashCodeAs(tree);
        assertThat(tree).isEqualTo(attributes);
        assertThat(new ArrayList<>(attributes.keySet())).containsExactly("a", "b", "c");
        assertThat(attributes.get("d")).isNull();
        assertThat(AttributeMap.of(Map.of("a", "1", "b", "2", "d", "3"))).isNotEqualTo(attributes);
    }

    private static void attribute(ByteArrayOutputStream out, String key, String value) {
        out.writeBytes(nested(7, concat(nested(1, text(key)), nested(2, nested(1, text(value))))));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] one, byte[] two) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(one);
        out.writeBytes(two);
        return out.toByteArray();
    }

    /** A field of a message of fewer than 128 bytes. */
    private static byte[] nested(int field, byte[] message) {
        return concat(new byte[] {(byte) (field << 3 | 2), (byte) message.length}, message);
    }
}
