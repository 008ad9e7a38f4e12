package dev.headroom.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.LiveBridge;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.weave.HookIndex;
import dev.headroom.core.weave.WeavingTransformer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Hooks at work inside this JVM: libraries are woven while a loader of its own reads them, the bridge talks to the real dispatcher.
 * For classes of the JDK, which no loader of ours can weave, use {@link AgentRun}.
 *
 * <pre>{@code
 * try (LocalWeaving weaving = LocalWeaving.of(JedisHook::new)) {
 *     weaving.run(SetAndGet.class);                                  // an AppUnderTest with a constructor without arguments
 *     assertThat(weaving.window().count(Metric.DB_DURATION)).isEqualTo(2);
 * }
 * }</pre>
 *
 * <p>One at a time: there is one bridge in a JVM.
 */
public final class LocalWeaving implements AutoCloseable {
    private final MovableClock clock = new MovableClock();
    private final Recorder recorder;
    private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    private final WeavingTransformer transformer;
    private final LiveBridge bridge;
    private final WeavingLoader loader;

    private LocalWeaving(List<Path> jars, List<Function<Recorder, Hook>> hooks) {
        this(jars, hooks, null);
    }

    private LocalWeaving(List<Path> jars, List<Function<Recorder, Hook>> hooks, Clock other) {
        recorder = new Recorder(other == null ? clock : other, 1_000);
        HookIndex index =
                HookIndex.of(hooks.stream().map(hook -> hook.apply(recorder)).toList());
        AgentLog log = new AgentLog(new PrintStream(warnings, true, StandardCharsets.UTF_8), true, System::nanoTime);
        transformer = new WeavingTransformer(index, log);
        bridge = new LiveBridge(index);
        loader = new WeavingLoader(transformer, jars);
    }

    public static LocalWeaving of(Function<Recorder, Hook> hook) {
        return new LocalWeaving(List.of(), List.of(hook));
    }

    public static LocalWeaving of(List<Function<Recorder, Hook>> hooks) {
        return new LocalWeaving(List.of(), hooks);
    }

    /** Measured with the JVM's own clock, as benchmarks want it. */
    public static LocalWeaving timed(List<Function<Recorder, Hook>> hooks) {
        return new LocalWeaving(List.of(), hooks, Clock.SYSTEM);
    }

    /** With these jars before the class path. */
    public static LocalWeaving of(List<Path> jars, List<Function<Recorder, Hook>> hooks) {
        return new LocalWeaving(jars, hooks);
    }

    /** Runs the program, woven, on this thread; its context loader is the weaving one meanwhile. */
    public Object run(Class<? extends AppUnderTest> app) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var constructor = load(app.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return ((AppUnderTest) constructor.newInstance()).run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The class as an application with the agent would see it. */
    public Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    /** What was recorded since the last call. Fails when a class could not be woven or a probe threw. */
    public Recorded window() {
        assertUnharmed();
        long end = clock.wallMillis();
        return new Recorded(recorder.rotate(end - 5_000, end));
    }

    /** No class failed to be woven, no probe threw. */
    public void assertUnharmed() {
        assertThat(warnings.toString(StandardCharsets.UTF_8)).as("warnings").isEmpty();
        assertThat(bridge.failures()).as("failures of probes").isZero();
    }

    public Recorder recorder() {
        return recorder;
    }

    public MovableClock clock() {
        return clock;
    }

    /** Classes woven so far. */
    public long woven() {
        return transformer.woven();
    }

    @Override
    public void close() throws Exception {
        bridge.close();
        loader.close();
    }
}
