package dev.headroom.harmless;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** What an application saw, line by line; ports, pointers and times, which differ from run to run, are left out. Thread-safe. */
final class Transcript {
    private static final int FRAMES = 12;

    private final StringBuilder lines = new StringBuilder();

    synchronized void say(Object line) {
        lines.append(line).append('\n');
    }

    /** What came of it: a value, or what was thrown, with its causes and where it says it was thrown. */
    void tell(String what, Callable<?> call) {
        Object outcome;
        try {
            Object value = call.call();
            outcome = value instanceof int[] ? Arrays.toString((int[]) value) : value;
        } catch (Throwable thrown) {
            outcome = describe(thrown);
        }
        say(what + ": " + outcome);
    }

    static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable each = thrown; each != null; each = each.getCause() == each ? null : each.getCause()) {
            text.append(each).append(frames(each)).append(" suppressed ").append(each.getSuppressed().length);
        }
        return text.toString();
    }

    /** Without frames that depend on how often reflection was used. */
    private static String frames(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !frame.getClassName().contains(".reflect.")
                        && !frame.getClassName().startsWith("java.lang.invoke."))
                .limit(FRAMES)
                .forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }

    /** @param ports that were used, to be left out */
    synchronized String text(int... ports) {
        String text = lines.toString();
        for (int port : ports) {
            text = text.replace(Integer.toString(port), "PORT");
        }
        return text.replaceAll("@[0-9a-f]{4,}", "@")
                .replaceAll("after \\d+ms", "after some ms")
                .replaceAll("lastwait:\\d+", "lastwait:some")
                .replaceAll("\\$?[pP]roxy\\d+", "proxy");
    }
}
