package dev.headroom.core.export;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Limits;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What the agent's thread does for a window of SQL series, each with a statement of its own, twenty durations and limits: encoding
 * it, and compressing it.
 *
 * <pre>
 *                                 300 series   2,000 series
 * encode                              510 µs       5,450 µs    281 kB, 1,877 kB
 * compress, level 1 (as it is)        902 µs       5,940 µs     39 kB,   253 kB
 * compress, level 6 (as it was)     2,965 µs      19,120 µs     32 kB,   213 kB
 * </pre>
 *
 * CPU time of the thread, on a machine shared with a load of 15 (so not JMH's wall time, which was several times that), JDK 17,
 * 2 virtual cores, 2026-11-21, on commit adcad23.
 *
 * Run: {@code mvn -Pjmh -Dquick -DskipTests -Djmh.class=dev.headroom.core.export.EncodingBenchmark -pl agent test-compile exec:exec@jmh}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class EncodingBenchmark {
    private static final int DURATIONS = 20;

    /** Series in the window. */
    @Param({"300", "2000"})
    private int series;

    private final OtlpEncoding encoding = new OtlpEncoding(Map.of("service.name", "shop"), "1");
    private Window window = new Window(0, 1, List.of());
    private byte[] plain = new byte[0];

    /** The same series give a window each time, as in an agent. */
    @Setup(Level.Trial)
    public void fill() {
        Recorder recorder = new Recorder(Clock.SYSTEM, 360);
        recorder.limits(Metric.DB_DURATION, new Limits(5_000_000, 10_000_000, 50_000_000, 100_000_000));
        List<DurationSeries> all = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            all.add(recorder.duration(
                    Metric.DB_DURATION,
                    Attributes.of(Attribute.DB_SYSTEM, "postgresql")
                            .with(Attribute.DB_NAMESPACE, "shop")
                            .with(Attribute.DB_OPERATION, "SELECT")
                            .with(
                                    Attribute.DB_QUERY,
                                    "SELECT o.id, o.total, o.placed_at, c.name FROM orders_" + i
                                            + " o JOIN customers c ON c.id = o.customer_id WHERE o.state = ? AND o.id > ? LIMIT ?")
                            .with(Attribute.DB_FINGERPRINT, String.format("%016x", i * 0x9E3779B97F4A7C15L))));
        }
        Random random = new Random(42);
        for (DurationSeries each : all) {
            for (int i = 0; i < DURATIONS; i++) {
                each.record((long) (1e6 * Math.exp(random.nextGaussian())));
            }
        }
        window = recorder.rotate(0, 5_000);
        plain = encoding.encode(window);
        System.out.println("bytes " + plain.length + ", compressed " + OtlpEncoding.gzipped(plain).length);
    }

    @Benchmark
    public byte[] encode() {
        return encoding.encode(window);
    }

    @Benchmark
    public byte[] compress() {
        return OtlpEncoding.gzipped(plain);
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(EncodingBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
