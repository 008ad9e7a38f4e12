package dev.headroom.agent.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the system says of processes: by {@code ProcessHandle} where there is one, from Java 9 on, else by {@code /proc}. Stateless. */
final class Processes {
    private Processes() {}

    static String self() {
        String name = ManagementFactory.getRuntimeMXBean().getName();
        return name.substring(0, Math.max(0, name.indexOf('@')));
    }

    /** True also where nobody can tell. */
    static boolean exists(String pid) {
        try {
            return handle(pid).isPresent();
        } catch (ReflectiveOperationException java8) {
            return !new File("/proc/self").exists() || new File("/proc", pid).exists();
        }
    }

    /** The user's name, or null where nobody can tell. */
    static @Nullable String owner(String pid) {
        try {
            Optional<?> handle = handle(pid);
            if (!handle.isPresent()) {
                return null;
            }
            Object info =
                    Class.forName("java.lang.ProcessHandle").getMethod("info").invoke(handle.get());
            Optional<?> user = (Optional<?>) Class.forName("java.lang.ProcessHandle$Info")
                    .getMethod("user")
                    .invoke(info);
            return (String) user.orElse(null);
        } catch (ReflectiveOperationException java8) {
            return null;
        }
    }

    private static Optional<?> handle(String pid) throws ReflectiveOperationException {
        Method of = Class.forName("java.lang.ProcessHandle").getMethod("of", long.class);
        return (Optional<?>) of.invoke(null, Long.parseLong(pid));
    }
}
