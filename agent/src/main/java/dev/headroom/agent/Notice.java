package dev.headroom.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A word for those who look at this JVM from outside: whether an agent runs here. It stands among the JVM's agent properties, where
 * the JDK's own debugger and management agents leave theirs; the application's system properties stay as they are.
 *
 * <p>The map is behind an internal package of java.base, which instrumentation may open from Java 9 on. A JVM that has it
 * elsewhere is told nothing.
 */
final class Notice {
    /** Version and start in milliseconds since 1970, while an agent runs. */
    static final String RUNNING = "headroom.agent.running";

    /** Why the last start failed. */
    static final String FAILURE = "headroom.agent.failure";

    private Notice() {}

    /** Writes or, with null, takes away. */
    static void write(Instrumentation instrumentation, String key, @Nullable String value) {
        try {
            Properties properties = properties(instrumentation);
            if (value == null) {
                properties.remove(key);
            } else {
                properties.setProperty(key, value);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError ignored) {
            // Commands then say that they cannot see an agent here; nothing else depends on it.
        }
    }

    private static Properties properties(Instrumentation instrumentation) throws ReflectiveOperationException {
        Class<?> support;
        try {
            support = Class.forName("sun.misc.VMSupport"); // Java 8
        } catch (ClassNotFoundException modules) {
            export(instrumentation, "jdk.internal.vm");
            support = Class.forName("jdk.internal.vm.VMSupport");
        }
        return (Properties) support.getMethod("getAgentProperties").invoke(null);
    }

    private static void export(Instrumentation instrumentation, String aPackage) throws ReflectiveOperationException {
        Class<?> module = Class.forName("java.lang.Module");
        Method moduleOf = Class.class.getMethod("getModule");
        Object own = moduleOf.invoke(Notice.class);
        Instrumentation.class
                .getMethod("redefineModule", module, Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        moduleOf.invoke(Object.class),
                        Collections.emptySet(),
                        Collections.singletonMap(aPackage, Collections.singleton(own)),
                        Collections.emptyMap(),
                        Collections.emptySet(),
                        Collections.emptyMap());
    }
}
