package dev.headroom.capacity;

import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsWriter;
import dev.headroom.otlp.ResourceMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** An encoded window in which times and instance are filled in: a thousand JVMs cannot encode theirs beside the dashboard. Thread-safe. */
final class WindowTemplate {
    private static final UUID INSTANCE = new UUID(0x5e5e5e5e5e5e4e5eL, 0x9e5e5e5e5e5e5e5eL);

    private final List<MetricPoint> points;
    private final byte[] encoded;
    private final int[] starts;
    private final int[] ends;
    private final int instance;

    WindowTemplate(String service, List<MetricPoint> points) {
        this.points = points;
        Map<String, String> resource = Map.of(
                "service.name",
                service,
                "service.instance.id",
                INSTANCE.toString(),
                "host.name",
                "host-" + service,
                "process.runtime.version",
                "17.0.15",
                "telemetry.distro.name",
                "headroom",
                "telemetry.sdk.language",
                "java");
        this.encoded = OtlpMetricsWriter.write(new ResourceMetrics(resource, points), "dev.headroom.agent", "0.1.0");
        this.starts = places(SeriesMix.START);
        this.ends = places(SeriesMix.END);
        String text = new String(encoded, StandardCharsets.ISO_8859_1);
        this.instance = text.indexOf(INSTANCE.toString());
    }

    private int[] places(long time) {
        ByteBuffer buffer = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, encoded.length - 7)
                .filter(at -> buffer.getLong(at) == time)
                .toArray();
    }

    List<MetricPoint> points() {
        return points;
    }

    /** The request's body, compressed as agents do. */
    byte[] body(UUID jvm, long startMillis, long endMillis) {
        byte[] body = encoded.clone();
        ByteBuffer buffer = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        for (int at : starts) {
            buffer.putLong(at, startMillis * 1_000_000);
        }
        for (int at : ends) {
            buffer.putLong(at, endMillis * 1_000_000);
        }
        byte[] id = jvm.toString().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(id, 0, body, instance, id.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new FastGzip(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
