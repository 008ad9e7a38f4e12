package dev.headroom.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code -javaagent:headroom-agent.jar} starts. Whatever goes wrong becomes one line on stderr and the application starts as
 * if the agent were not there.
 *
 * <pre>
 *   boot loader      java.base      ← java.lang.HeadroomBridge, defined by BridgeInstaller; woven code sees only this
 *      ↑
 *   platform loader  java.sql ...
 *      ↑         ↖
 *   system loader   AgentLoader     ← dev.headroom.core.*, Byte Buddy: from core/**.classdata, seen by nobody else
 *   (application,
 *    HeadroomAgent)
 * </pre>
 */
public final class HeadroomAgent {
    private static final String CORE = "dev.headroom.core.Agent";

    /** What {@code agentmain} is given to end the agent instead of starting one. */
    private static final String DETACH = "detach";

    /** The agent that runs, the one thing that leads from here to its classes. */
    private static @Nullable AutoCloseable running;

    private static @Nullable AgentLoader runningLoader;

    private HeadroomAgent() {}

    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        if (DETACH.equals(arguments)) {
            detach(instrumentation);
        } else {
            start(arguments, instrumentation);
        }
    }

    /**
     * For tools within this JVM, which find this class through the system class loader: what may be asked of the agent that runs,
     * as {@code core.export.LocalWindows} describes it. Null while none runs.
     */
    @SuppressWarnings("unchecked") // the agent's own class, which this one cannot name
    public static synchronized @Nullable Function<String, byte[]> local() {
        return (Function<String, byte[]>) running;
    }

    private static synchronized void start(@Nullable String arguments, Instrumentation instrumentation) {
        @Nullable AgentLoader loader = null;
        long begunNanos = System.nanoTime();
        try {
            loader = new AgentLoader(jar());
            if (!BridgeInstaller.install(instrumentation, loader)) {
                loader.close();
                System.err.println("Headroom: runs in this JVM already; the second agent does nothing");
                return;
            }
            running = (AutoCloseable) loader.loadClass(CORE)
                    .getMethod("start", String.class, Instrumentation.class, long.class)
                    .invoke(null, arguments, instrumentation, begunNanos);
            if (running == null) {
                loader.close(); // switched off by its options
            } else {
                runningLoader = loader;
                Notice.write(instrumentation, Notice.RUNNING, loader.version() + " " + System.currentTimeMillis());
            }
            Notice.write(instrumentation, Notice.FAILURE, null);
        } catch (Throwable failure) {
            Throwable cause = failure instanceof InvocationTargetException && failure.getCause() != null
                    ? failure.getCause()
                    : failure;
            System.err.println("Headroom: not started, the application runs unmeasured (" + cause + ")");
            Notice.write(instrumentation, Notice.FAILURE, String.valueOf(cause));
        }
    }

    /** Ends the agent and leaves nothing of it but the bridge, which does nothing; an agent may come again. */
    private static synchronized void detach(Instrumentation instrumentation) {
        try {
            if (running != null) {
                running.close();
            }
            if (runningLoader != null) {
                runningLoader.close();
            }
        } catch (Throwable failure) {
            System.err.println("Headroom: not wholly detached (" + failure + ")");
        }
        running = null;
        runningLoader = null;
        Notice.write(instrumentation, Notice.RUNNING, null);
    }

    private static File jar() throws Exception {
        return new File(HeadroomAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
