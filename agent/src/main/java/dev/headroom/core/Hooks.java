package dev.headroom.core;

import dev.headroom.core.config.ConfigSource;
import dev.headroom.core.config.Options;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.weave.HookEntry;
import dev.headroom.core.weave.HookIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The instrumented libraries, one line each in {@code hooks.txt}: the class of a hook, which gets a {@link Recorder}, and what must
 * be known before it is made. A new hook is its class name on a line of its own; the rest of the file is written from the code, as
 * agent/README.md says. No hook depends on another.
 */
final class Hooks implements HookIndex.Maker {
    static final String LIST = "hooks.txt";

    private final Recorder recorder;
    /** Weaves classes of the JDK that an AOT cache on JDK 25 cannot do without. */
    private static final String TASKS = "tasks";

    /** Changes what the application sends, so it is only there when asked for. */
    private static final String TRACE = "trace-parent";

    private final AgentLog log;

    Hooks(Recorder recorder, AgentLog log) {
        this.recorder = recorder;
        this.log = log;
    }

    /** Every hook's entry, in the order of the README. */
    static List<HookEntry> entries() {
        List<HookEntry> entries = new ArrayList<>();
        for (String line : lines()) {
            entries.add(HookEntry.parse(line));
        }
        return entries;
    }

    /** The lines of the list that are no remark. */
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String line : text().split("\n")) {
            if (!line.isEmpty() && line.charAt(0) != '#') {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try (InputStream in = Hooks.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(LIST + " is missing in the agent's jar");
            }
            byte[] part = new byte[4_096];
            for (int length = in.read(part); length >= 0; length = in.read(part)) {
                bytes.write(part, 0, length);
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(LIST + " cannot be read", unreadable);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    /** Makes every hook, which no application does: for what is written about all of them. */
    static List<Hook> all(Recorder recorder, BiConsumer<String, Throwable> trouble) {
        List<Hook> hooks = new ArrayList<>();
        for (String line : lines()) {
            Hook hook = make(line.split(" ")[0], recorder, trouble);
            if (hook != null) {
                hooks.add(hook);
            }
        }
        return hooks;
    }

    @Override
    public @Nullable Hook make(HookEntry entry) {
        return make(entry.hookClass(), recorder, new BiConsumer<String, Throwable>() {
            @Override
            public void accept(String message, Throwable failure) {
                log.warn(message, failure);
            }
        });
    }

    /**
     * Makes a hook. One that cannot be made, for instance because the JVM lacks module java.sql, is reported and left out; the rest
     * go on.
     */
    static @Nullable Hook make(String className, Recorder recorder, BiConsumer<String, Throwable> trouble) {
        try {
            return make(className, recorder);
        } catch (RuntimeException | LinkageError failure) {
            trouble.accept("a hook could not be made, its library runs unmeasured", failure);
            return null;
        }
    }

    private static Hook make(String className, Recorder recorder) {
        try {
            return Class.forName(className, true, Hooks.class.getClassLoader())
                    .asSubclass(Hook.class)
                    .getConstructor(Recorder.class)
                    .newInstance(recorder);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(className + ": " + failed.getCause(), failed.getCause());
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(className + " is no hook with a constructor for a recorder", missing);
        }
    }

    /** Those not switched off. */
    static List<HookEntry> enabled(ConfigSource config, AgentLog log) {
        Set<String> disabled = config.get(Options.HOOKS_DISABLED);
        List<String> names = new ArrayList<>();
        List<HookEntry> enabled = new ArrayList<>();
        boolean recording = AotRecording.now();
        for (HookEntry entry : entries()) {
            names.add(entry.name());
            boolean crashes = recording && entry.name().equals(TASKS);
            boolean asked = !entry.name().equals(TRACE) || config.get(Options.TRACE_PROPAGATE);
            if (!disabled.contains(entry.name()) && !crashes && asked) {
                enabled.add(entry);
            }
        }
        for (String name : disabled) {
            if (!names.contains(name)) {
                log.info(config.origin(Options.HOOKS_DISABLED) + " names \"" + name + "\", expected some of " + names
                        + "; ignored");
            }
        }
        return enabled;
    }
}
