package dev.headroom.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
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

    private HeadroomAgent() {}

    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            AgentLoader loader = new AgentLoader(jar());
            if (!BridgeInstaller.install(instrumentation, loader)) {
                System.err.println("Headroom: runs in this JVM already; the second agent does nothing");
                return;
            }
            loader.loadClass(CORE)
                    .getMethod("start", String.class, Instrumentation.class)
                    .invoke(null, arguments, instrumentation);
        } catch (Throwable failure) {
            Throwable cause = failure instanceof InvocationTargetException && failure.getCause() != null
                    ? failure.getCause()
                    : failure;
            System.err.println("Headroom: not started, the application runs unmeasured (" + cause + ")");
        }
    }

    private static File jar() throws Exception {
        return new File(HeadroomAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
