package dev.headroom.core.hook.httpserver;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs at a request's end to record what the request did: once in a request, beside its calls' own cost. The request ran so
 * many different statements twice each, and four Redis commands.
 *
 * <p>Run: {@code mvn -Pjmh -Dquick -DskipTests -pl agent test-compile exec:exec@jmh
 * -Djmh.class=dev.headroom.core.hook.httpserver.RouteWorkBenchmark}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class RouteWorkBenchmark {
    private static final int REQUEST_NANOS = 1_000_000;

    @Param({"0", "1", "4", "16"})
    public int statements;

    private final RequestScope account = new RequestScope();
    private RouteWork work;

    @Setup
    public void serve() {
        Recorder recorder = new Recorder(Clock.SYSTEM, 1_000);
        work = new RouteWork(recorder, Attributes.of(Attribute.HTTP_ROUTE, "/pets/{id}"));
        account.begin();
        CallStack stack = CallStack.current();
        stack.serve(account);
        DurationSeries redis = recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_OPERATION, "GET"));
        long now = 0;
        for (int i = 0; i < statements * 2; i++) {
            DurationSeries sql = recorder.duration(
                    Metric.DB_DURATION, Attributes.of(Attribute.DB_FINGERPRINT, "f" + i % statements));
            account.statement();
            stack.called(CallStack.Kind.SQL, sql, now, 10_000, 1, 0, null);
            now += 11_000;
        }
        for (int i = 0; i < 4; i++) {
            account.redisCommands(1);
            stack.called(CallStack.Kind.REDIS, redis, now, 10_000, 1, 0, null);
            now += 11_000;
        }
        stack.leave(account);
    }

    @Benchmark
    public void did() {
        work.did(account, REQUEST_NANOS);
    }

    public static void main(String[] args) throws Exception {
        org.openjdk.jmh.Main.main(new String[] {RouteWorkBenchmark.class.getName(), "-prof", "gc"});
    }
}
