package dev.headroom.core.export;

import java.lang.reflect.Constructor;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the agent's threads: daemons of the root group, without a context class loader, and without the inheritable thread locals
 * of whoever starts the agent, which would be kept for the JVM's life.
 */
final class AgentThread {
    private AgentThread() {}

    /** Under a security manager the thread may do what the agent may, not only what its maker's callers may. */
    static Thread of(Runnable work, String name) {
        return AccessController.doPrivileged(new PrivilegedAction<Thread>() {
            @Override
            public Thread run() {
                return daemon(work, name);
            }
        });
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = withoutInheritance(work, name);
        if (thread == null) {
            thread = new Thread(rootGroup(), work, name);
        }
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** By a constructor that Java 8 does not have; null there. */
    private static @Nullable Thread withoutInheritance(Runnable work, String name) {
        try {
            Constructor<Thread> constructor = Thread.class.getConstructor(
                    ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class);
            return constructor.newInstance(rootGroup(), work, name, 0L, false);
        } catch (ReflectiveOperationException java8) {
            return null;
        }
    }

    private static ThreadGroup rootGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
