package dev.headroom.core;

import dev.headroom.core.config.ConfigSource;
import dev.headroom.core.config.Options;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.weave.HookIndex;
import dev.headroom.core.weave.LoadedClasses;
import dev.headroom.core.weave.WeavingTransformer;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The wiring: makes every part of the agent in order, and undoes it on {@link #close}. Started by name from the system loader's
 * side, on the JVM's main thread before the application's.
 */
public final class Agent implements AutoCloseable {
    /** Series without a value for that many windows, ten minutes of them, are forgotten. */
    private static final int IDLE_WINDOWS_TO_EVICT = 120;

    private final Instrumentation instrumentation;
    private final WeavingTransformer transformer;

    private Agent(Instrumentation instrumentation, WeavingTransformer transformer) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
    }

    /**
     * @param arguments what stands behind the jar's name, or null
     * @return the running agent, or null when it is switched off
     */
    public static @Nullable Agent start(@Nullable String arguments, Instrumentation instrumentation) {
        ConfigSource config = new ConfigSource(
                arguments,
                System.getProperties(),
                System.getenv(),
                message -> System.err.println("Headroom: " + message));
        if (!config.get(Options.ENABLED)) {
            return null;
        }
        AgentLog log = new AgentLog(System.err, config.get(Options.DEBUG), System::nanoTime);
        Recorder recorder = new Recorder(Clock.SYSTEM, IDLE_WINDOWS_TO_EVICT);
        HookIndex index = new HookIndex(Hooks.enabled(recorder, config, log));
        WeavingTransformer transformer = new WeavingTransformer(index, log);
        HeadroomBridge.live = new Dispatcher(index.probes());
        instrumentation.addTransformer(transformer, true);
        new LoadedClasses(instrumentation, transformer, log).weave();
        return new Agent(instrumentation, transformer);
    }

    /** The version of the jar, or "dev" outside of one. */
    public static String version() {
        String version = Agent.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** Stops measuring; what is woven stays woven and does nothing. */
    @Override
    public void close() {
        HeadroomBridge.live = HeadroomBridge.OFF;
        instrumentation.removeTransformer(transformer);
    }
}
