package dev.headroom.core.cost;

import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Metaspace of the agent's own classes: their number times what a class of this JVM takes on average, for the JVM does not tell it
 * by loader. Advice woven into the application's classes is not in it. For the agent's thread only; counted anew once a minute.
 */
final class OwnClasses {
    private static final int WINDOWS_BETWEEN_COUNTS = 12;

    private final Instrumentation instrumentation;
    private final @Nullable ClassLoader loader = OwnClasses.class.getClassLoader();
    private int windows;
    private long classes;

    OwnClasses(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** 0 where the JVM does not tell. */
    long metaspaceBytes() {
        try {
            if (windows++ % WINDOWS_BETWEEN_COUNTS == 0) {
                classes = count();
            }
            int all = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
            return all == 0 ? 0 : metaspaceOfAll() * classes / all;
        } catch (LinkageError absent) {
            return 0; // a run time image without java.management
        }
    }

    private long count() {
        long own = 0;
        for (Class<?> initiated : instrumentation.getInitiatedClasses(loader)) {
            own += initiated.getClassLoader() == loader ? 1 : 0;
        }
        return own;
    }

    /** HotSpot's "Metaspace" holds the class space too. */
    private static long metaspaceOfAll() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Metaspace")) {
                return pool.getUsage().getUsed();
            }
        }
        return 0;
    }
}
