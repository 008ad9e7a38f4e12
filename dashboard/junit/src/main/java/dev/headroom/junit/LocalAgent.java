package dev.headroom.junit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The agent in this JVM: the one that {@code -javaagent} brought, else the one in this jar, which is attached. It is found through
 * the system class loader and spoken to in the JDK's types. Thread-safe.
 */
final class LocalAgent {
    private static final String ENTRY = "dev.headroom.agent.HeadroomAgent";

    private final Function<String, byte[]> agent;

    /** @param agent as {@code core.export.LocalWindows} describes it */
    LocalAgent(Function<String, byte[]> agent) {
        this.agent = agent;
    }

    /** @throws IllegalStateException when no agent can be had, with what to do */
    static LocalAgent start() {
        Function<String, byte[]> running = running();
        if (running == null) {
            EmbeddedAgent.attach();
            running = running();
        }
        if (running == null) {
            throw new IllegalStateException(
                    "Headroom's agent was attached to this JVM and does not run: look at its stderr,"
                            + " and whether its option \"enabled\" is false");
        }
        return new LocalAgent(running);
    }

    @SuppressWarnings("unchecked") // the agent's word: text in, bytes out
    private static @Nullable Function<String, byte[]> running() {
        try {
            Class<?> entry = Class.forName(ENTRY, true, ClassLoader.getSystemClassLoader());
            return (Function<String, byte[]>) entry.getMethod("local").invoke(null);
        } catch (ClassNotFoundException none) {
            return null;
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException(
                    "The agent given with -javaagent is of another version than headroom-junit and hands nothing over; use the"
                            + " same version of both",
                    other);
        }
    }

    /** From here on nothing is sent; drops what was measured. */
    void open(String limits) {
        byte[] nothing = agent.apply("open\n" + limits);
        if (nothing.length > 0) {
            throw new IllegalStateException(
                    "The agent answered to open with " + nothing.length + " bytes, expected none");
        }
    }

    /** Everything measured since the last call, as an OTLP request. */
    byte[] window() {
        return agent.apply("window");
    }

    /** Places in the application that ran statements since the last call, with their number of runs, by fingerprint. */
    Map<String, Map<String, Long>> callers() {
        Map<String, Map<String, Long>> callers = new HashMap<>();
        for (String line : new String(agent.apply("callers"), StandardCharsets.UTF_8).split("\n")) {
            String[] words = line.split(" ", 3);
            if (words.length == 3) {
                callers.computeIfAbsent(words[0], any -> new HashMap<>())
                        .merge(words[2], Long.parseLong(words[1]), Long::sum);
            }
        }
        return callers;
    }
}
