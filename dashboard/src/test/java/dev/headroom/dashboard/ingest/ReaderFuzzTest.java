package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.fuzz.Bytes;
import dev.headroom.dashboard.fuzz.FuzzRun;
import dev.headroom.dashboard.fuzz.JsonMutator;
import dev.headroom.dashboard.fuzz.ProtoMutator;
import dev.headroom.otlp.MalformedOtlpException;
import dev.headroom.otlp.OtlpMetricsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** Whatever comes: read or refused, in memory that its size explains. */
class ReaderFuzzTest {
    private static final int LIMIT = 1 << 20;

    /** An attribute of five bytes becomes a map entry of two texts. */
    private static final long PER_BYTE = 200;

    @Test
    void protobufMetrics() {
        new FuzzRun(100_000, PER_BYTE, MalformedOtlpException.class)
                .over(
                        "OtlpMetricsReader",
                        OtlpExamples.metrics(),
                        (sound, random) -> new ProtoMutator(random).mutate(sound),
                        OtlpMetricsReader::read);
    }

    @Test
    void protobufRecords() {
        new FuzzRun(100_000, PER_BYTE, MalformedOtlpException.class)
                .over(
                        "OtlpRecords",
                        List.of(OtlpExamples.spans(), OtlpExamples.logs()),
                        (sound, random) -> new ProtoMutator(random).mutate(sound),
                        OtlpRecords::count);
    }

    @Test
    void protobufSpans() {
        new FuzzRun(100_000, PER_BYTE, MalformedOtlpException.class)
                .over(
                        "OtlpSpans",
                        List.of(OtlpExamples.spans()),
                        (sound, random) -> new ProtoMutator(random).mutate(sound),
                        OtlpSpans::read);
    }

    @Test
    void jsonMetrics() {
        new FuzzRun(200_000, PER_BYTE, OtlpRefusal.class, MalformedOtlpException.class)
                .over(
                        "OtlpJson",
                        OtlpExamples.jsonMetrics(),
                        (sound, random) -> new JsonMutator(random).mutate(sound),
                        OtlpJson::metrics);
    }

    @Test
    void gzip() {
        BodyMemory memory = new BodyMemory(10L * LIMIT);
        OtlpBody body = new OtlpBody(LIMIT, memory);
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        UnaryOperator<byte[]> zip = ReaderFuzzTest::gzipped;
        // Zeros shrink to a thousandth; what counts is that no more than the limit is inflated, which is copied a few
        // times.
        new FuzzRun(5L * LIMIT, PER_BYTE, OtlpRefusal.class)
                .over(
                        "gzip",
                        List.of(
                                zip.apply(OtlpExamples.metrics().get(0)),
                                zip.apply(new byte[100 * LIMIT]),
                                zip.apply(zip.apply(new byte[10 * LIMIT])),
                                zip.apply(new byte[0])),
                        Bytes::damaged,
                        sent -> {
                            try (BodyMemory.Hold hold = memory.hold()) {
                                body.decoded(sent, headers, OtlpEncoding.PROTOBUF, hold);
                            }
                        });
    }

    static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
