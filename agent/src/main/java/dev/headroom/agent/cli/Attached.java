package dev.headroom.agent.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A JVM that this one talks to. Used by one thread. */
final class Attached implements AutoCloseable {
    private final Object machine;
    private final Class<?> api;
    private final String pid;
    private @Nullable Throwable trouble;

    /** @param machine a {@code com.sun.tools.attach.VirtualMachine} */
    Attached(Object machine, Class<?> api, String pid) {
        this.machine = machine;
        this.api = api;
        this.pid = pid;
    }

    /** What agents in the JVM wrote for others to read, at this moment. */
    Properties notices() throws Refusal {
        return properties("getAgentProperties");
    }

    private Properties properties(String method) throws Refusal {
        try {
            return (Properties) api.getMethod(method).invoke(machine);
        } catch (ReflectiveOperationException failure) {
            throw new Refusal(
                    Refusal.NOT_ATTACHABLE, pid + " does not answer to " + method + " (" + cause(failure) + ")");
        }
    }

    /** The Java version, such as 8 or 25. */
    int javaVersion() throws Refusal {
        String version = properties("getSystemProperties").getProperty("java.specification.version", "");
        try {
            return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        } catch (NumberFormatException unknown) {
            return Integer.MAX_VALUE; // so new that it numbers itself in another way
        }
    }

    /**
     * Has the JVM load the agent. A failure is kept for {@link #notStarted}: whether the agent runs is asked of the JVM itself,
     * since an old Java does not understand the answer of a newer one.
     */
    void loadAgent(String jar, String options) {
        try {
            api.getMethod("loadAgent", String.class, String.class).invoke(machine, jar, options);
        } catch (ReflectiveOperationException failure) {
            trouble = cause(failure);
        }
    }

    /** Why the agent that was loaded does not run. */
    Refusal notStarted() throws Refusal {
        String own = notices().getProperty("headroom.agent.failure");
        if (own != null) {
            return new Refusal(
                    Refusal.AGENT_FAILED,
                    "the agent did not start in " + pid + ": " + own + "; the application goes on unmeasured");
        }
        if (trouble == null) {
            return new Refusal(
                    Refusal.AGENT_FAILED,
                    "the agent was loaded in " + pid
                            + " and does nothing: option enabled is false there, or its stderr says more");
        }
        String said = String.valueOf(trouble.getMessage());
        if (said.contains("ynamic agent loading is not enabled")) {
            return new Refusal(
                    Refusal.NOT_ATTACHABLE,
                    pid + " was started with -XX:-EnableDynamicAgentLoading and takes no agent while it runs;"
                            + " start it with -XX:+EnableDynamicAgentLoading or with -javaagent:headroom-agent.jar");
        }
        return new Refusal(
                Refusal.AGENT_FAILED,
                "the agent did not start in " + pid + complaint()
                        + "; the jar must be readable for that process under the same path, and its Java must have java.instrument");
    }

    /** What the last loading said, in brackets, or nothing. */
    String complaint() {
        return trouble == null ? "" : " (" + trouble + ")";
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof InvocationTargetException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    @Override
    public void close() {
        try {
            api.getMethod("detach").invoke(machine);
        } catch (ReflectiveOperationException ignored) {
            // the JVM has ended meanwhile
        }
    }
}
