package dev.headroom.core.hook.cache;

import dev.headroom.harness.LocalWeaving;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A hit in each cache, woven and not. {@code mvn -Pjmh -DskipTests -pl agent test-compile exec:exec@jmh
 * -Djmh.class=dev.headroom.core.hook.cache.CacheBenchmark}
 *
 * <p>Not run with JMH yet. A loop of 5 million hits, best of 12 rounds, CPU time, JDK 17, two shared and busy cores, 2026-11-21:
 *
 * <pre>
 *                    unwoven          woven
 *   Caffeine      4.7 to 7.7 ns       7.0 ns     0 bytes both
 *   Guava            31 ns             36 ns    24 bytes both, Guava's own
 *   Spring's map      3 ns             22 ns    16 bytes woven: Spring's wrapper, which is not optimised away any more
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--patch-module=java.base=target/bridge")
public class CacheBenchmark {
    @Param({"unwoven", "woven"})
    public String mode;

    private LocalWeaving weaving;
    private IntSupplier caffeine;
    private IntSupplier guava;
    private IntSupplier spring;

    @Setup
    public void weave() throws Exception {
        weaving = mode.equals("unwoven")
                ? LocalWeaving.of(List.of())
                : LocalWeaving.timed(List.of(CaffeineHook::new, GuavaHook::new, SpringCacheHook::new));
        caffeine = hit(CachedHits.OfCaffeine.class);
        guava = hit(CachedHits.OfGuava.class);
        spring = hit(CachedHits.OfSpring.class);
    }

    private IntSupplier hit(Class<?> type) throws Exception {
        return (IntSupplier)
                weaving.load(type.getName()).getDeclaredConstructor().newInstance();
    }

    @TearDown
    public void close() throws Exception {
        weaving.assertUnharmed();
        weaving.close();
    }

    @Benchmark
    public int caffeineHit() {
        return caffeine.getAsInt();
    }

    @Benchmark
    public int guavaHit() {
        return guava.getAsInt();
    }

    @Benchmark
    public int springHit() {
        return spring.getAsInt();
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(CacheBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }
}
