package dev.headroom.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OtlpMalformedTest {
    /** Reads, or says that it cannot; anything else is a failure. */
    private static void readOrRefuse(byte[] bytes) {
        try {
            OtlpMetricsReader.read(bytes);
        } catch (MalformedOtlpException e) {
            assertThat(e).message().isNotBlank();
        }
    }

    @Test
    void refusesOrReadsEveryTruncation() {
        byte[] sound = OtlpSamples.everyTypeBytes();
        for (int length = 0; length < sound.length; length++) {
            readOrRefuse(Arrays.copyOf(sound, length));
        }
    }

    @Test
    void refusesOrReadsRandomDamage() {
        byte[] sound = OtlpSamples.everyTypeBytes();
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = sound.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            readOrRefuse(damaged);
        }
    }

    @Test
    void refusesOrReadsNoise() {
        Random random = new Random(8);
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            readOrRefuse(noise);
        }
    }

    @Test
    void saysWhereALengthIsWrong() {
        byte[] claims100 = {0x0A, 100, 1, 2, 3};

        assertThatExceptionOfType(MalformedOtlpException.class)
                .isThrownBy(() -> OtlpMetricsReader.read(claims100))
                .withMessage("Not OTLP protobuf at byte 2: field 1 claims 100 bytes, 3 are left");
    }

    @Test
    void refusesMoreBucketsThanAnyHistogramHas() {
        byte[] request = nested(
                out -> {
                    for (int i = 0; i <= LongList.MAX_SIZE; i++) {
                        out.writeVarint(0);
                    }
                },
                1,
                2,
                2,
                10,
                1,
                8,
                2);

        assertThatExceptionOfType(MalformedOtlpException.class)
                .isThrownBy(() -> OtlpMetricsReader.read(request))
                .withMessageContaining("65536 buckets");
    }

    @Test
    void bucketsInManyPiecesAreNotCopiedForEach() {
        byte[] request = nested(
                out -> {
                    for (int i = 0; i < LongList.MAX_SIZE; i++) {
                        int piece = out.begin(2);
                        out.writeVarint(1);
                        out.end(piece);
                    }
                },
                1,
                2,
                2,
                10,
                1,
                8);
        OtlpMetricsReader.read(request);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = thread.getCurrentThreadAllocatedBytes();
        OtlpMetricsReader.read(request);

        // The last array is half a megabyte, all before it another half, and each piece has its reader.
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(8_000_000);
    }

    /** What is written, as the innermost message of these fields. */
    private static byte[] nested(Consumer<ProtoWriter> innermost, int... path) {
        ProtoWriter out = new ProtoWriter();
        int[] marks = new int[path.length];
        for (int i = 0; i < path.length; i++) {
            marks[i] = out.begin(path[i]);
        }
        innermost.accept(out);
        for (int i = path.length - 1; i >= 0; i--) {
            out.end(marks[i]);
        }
        return out.toByteArray();
    }
}
