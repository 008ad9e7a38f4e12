package dev.headroom.core;

import dev.headroom.core.config.ConfigSource;
import dev.headroom.core.config.Options;
import dev.headroom.core.control.Switches;
import dev.headroom.core.cost.AgentCost;
import dev.headroom.core.export.ExportSettings;
import dev.headroom.core.export.Exporter;
import dev.headroom.core.export.LocalWindows;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.JvmGauges;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.weave.HookEntry;
import dev.headroom.core.weave.HookIndex;
import dev.headroom.core.weave.LoadedClasses;
import dev.headroom.core.weave.WeavingTransformer;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The wiring: makes every part of the agent in order, and undoes it on {@link #close}. Started by name from the system loader's
 * side, on the JVM's main thread before the application's.
 */
public final class Agent implements AutoCloseable, Function<String, byte[]> {
    /** Series without a value for that many windows, ten minutes of the usual ones, are forgotten. */
    private static final int IDLE_WINDOWS_TO_EVICT = 120;

    private final Instrumentation instrumentation;
    private final WeavingTransformer transformer;
    private final LoadedClasses loaded;
    private final Dispatcher dispatcher;
    private final Exporter exporter;
    private final LocalWindows windows;

    private Agent(
            Instrumentation instrumentation,
            WeavingTransformer transformer,
            LoadedClasses loaded,
            Dispatcher dispatcher,
            Exporter exporter,
            LocalWindows windows) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.loaded = loaded;
        this.dispatcher = dispatcher;
        this.exporter = exporter;
        this.windows = windows;
    }

    /**
     * @param arguments what stands behind the jar's name, or null
     * @param begunNanos when the start began, as {@link System#nanoTime} told it
     * @return the running agent, or null when it is switched off
     */
    public static @Nullable Agent start(@Nullable String arguments, Instrumentation instrumentation, long begunNanos) {
        // Here and in what is made here, no lambda: the JVM makes a class for each when it first runs.
        ConfigSource config =
                new ConfigSource(arguments, System.getProperties(), System.getenv(), new Consumer<String>() {
                    @Override
                    public void accept(String line) {
                        System.err.println("Headroom: " + line);
                    }
                });
        if (!config.get(Options.ENABLED)) {
            return null;
        }
        AgentLog log = new AgentLog(System.err, config.get(Options.DEBUG), new LongSupplier() {
            @Override
            public long getAsLong() {
                return System.nanoTime();
            }
        });
        Switches switches = new Switches();
        Recorder recorder = new Recorder(Clock.SYSTEM, IDLE_WINDOWS_TO_EVICT, switches);
        recorder.answersTell(config.get(Options.RESPONSE_HEADER));
        recorder.propagatesTraces(config.get(Options.TRACE_PROPAGATE));
        recorder.examples()
                .configure(
                        config.get(Options.EXAMPLES),
                        config.get(Options.EXAMPLES_SLOW),
                        config.get(Options.EXAMPLES_SLOW_CALL));
        List<HookEntry> hooks = Hooks.enabled(config, log);
        HookIndex index = new HookIndex(hooks, new Hooks(recorder, log));
        Dispatcher dispatcher = new Dispatcher(
                index.probes(),
                new IntFunction<String>() {
                    @Override
                    public String apply(int joinPoint) {
                        return index.hookName(joinPoint);
                    }
                },
                switches);
        index.onMade(dispatcher);
        WeavingTransformer transformer = new WeavingTransformer(index, log);
        WeavingGauges weaving = new WeavingGauges(transformer);
        recorder.gauges(weaving);
        recorder.gauges(new HookGauges(dispatcher));
        recorder.gauges(new SwitchGauges(switches, names(hooks)));
        recorder.gauges(new JvmGauges(recorder));
        recorder.gauges(new AgentCost(
                dispatcher.meter(), switches, config.get(Options.COST_BUDGET), recorder.clock(), instrumentation, log));
        ExportSettings settings = exportSettings(config);
        Exporter exporter = new Exporter(
                settings,
                recorder,
                new Supplier<Map<String, Long>>() {
                    @Override
                    public Map<String, Long> get() {
                        return dispatcher.failuresByHook();
                    }
                },
                log);
        LoadedClasses loaded = new LoadedClasses(instrumentation, transformer, log);
        Agent agent = new Agent(
                instrumentation,
                transformer,
                loaded,
                dispatcher,
                exporter,
                new LocalWindows(recorder, settings, exporter));
        agent.open(config.get(Options.EXPORT_ENABLED));
        weaving.started(System.nanoTime() - begunNanos);
        return agent;
    }

    private void open(boolean exporting) {
        dispatcher.open();
        instrumentation.addTransformer(transformer, true);
        loaded.weave();
        if (exporting) {
            exporter.start();
        }
    }

    /** What a tool within this JVM asks of the agent; see {@link LocalWindows}. */
    @Override
    public byte[] apply(String request) {
        return windows.apply(request);
    }

    private static List<String> names(List<HookEntry> hooks) {
        List<String> names = new ArrayList<>();
        for (HookEntry hook : hooks) {
            names.add(hook.name());
        }
        return names;
    }

    private static ExportSettings exportSettings(ConfigSource config) {
        Map<String, String> headers = new LinkedHashMap<>(config.get(Options.HEADERS));
        String token = config.get(Options.TOKEN);
        if (!token.isEmpty()) {
            headers.put("Authorization", "Bearer " + token);
        }
        return ExportSettings.of(config.get(Options.ENDPOINT), Resource.of(config, version()), version())
                .withHeaders(headers)
                .withIntervalMillis(config.get(Options.EXPORT_INTERVAL).intValue())
                .withQueue(ExportSettings.DEFAULT_MAX_WINDOWS, config.get(Options.QUEUE_MAX_BYTES));
    }

    /** The version of the jar, or "dev" outside of one. */
    static String version() {
        @Nullable Package own = Agent.class.getPackage();
        @Nullable String version = own == null ? null : own.getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /**
     * Stops measuring, gives woven classes their own bytes back, sends what is left and lets go of the application's threads: from
     * then on nothing but calls still in flight refers to the agent's classes.
     */
    @Override
    public void close() {
        dispatcher.close();
        instrumentation.removeTransformer(transformer);
        loaded.restore();
        exporter.close();
        PerThread.letGo();
    }
}
