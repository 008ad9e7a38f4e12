package dev.headroom.core.export;

import dev.headroom.core.record.Recorder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/**
 * Measurements for a tool within this JVM, such as headroom-junit, in place of a dashboard. The two sides share the JDK's types
 * only: a text asks, bytes answer.
 *
 * <pre>
 * open       nothing is sent from here on, full detail is kept whatever it costs, callers of statements are noted, and all that
 *            was measured so far is dropped; what follows in the text are orders as a dashboard gives them, such as limits
 * window     an OTLP request with everything measured since the last window or open, each call exactly once
 * callers    UTF-8 lines "fingerprint, blank, runs, blank, place" of the statements since the last answer
 * </pre>
 *
 * Calls that are still in flight belong to the window in which they end. Thread-safe; answers take turns.
 */
public final class LocalWindows implements Function<String, byte[]> {
    private static final String OPEN = "open";

    private final Object turn = new Object();
    private final Recorder recorder;
    private final OtlpEncoding encoding;
    private final Exporter exporter;
    private long startMillis;

    public LocalWindows(Recorder recorder, ExportSettings settings, Exporter exporter) {
        this.recorder = recorder;
        this.encoding = new OtlpEncoding(settings.resource(), settings.version());
        this.exporter = exporter;
        this.startMillis = recorder.clock().wallMillis();
    }

    /** @throws IllegalArgumentException for another request, or orders that are not understood */
    @Override
    public byte[] apply(String request) {
        synchronized (turn) {
            if (request.startsWith(OPEN)) {
                open(request.substring(OPEN.length()).trim());
                return new byte[0];
            }
            switch (request) {
                case "window":
                    return window();
                case "callers":
                    return callers();
                default:
                    throw new IllegalArgumentException(
                            "\"" + request + "\" was asked of the agent, expected open, window or callers");
            }
        }
    }

    private void open(String orders) {
        exporter.close();
        recorder.switches().heedNoGovernor();
        recorder.examples().switchOff();
        OrdersText.parse("version local\n" + orders).obey(recorder);
        recorder.callers().want();
        window();
        recorder.callers().drain();
    }

    private byte[] window() {
        long start = startMillis;
        long end = Math.max(start + 1, recorder.clock().wallMillis());
        startMillis = end;
        return encoding.encode(recorder.rotate(start, end));
    }

    private byte[] callers() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, Map<String, Long>> statement :
                recorder.callers().drain().entrySet()) {
            String fingerprint = statement.getKey();
            statement
                    .getValue()
                    .forEach((place, runs) -> lines.append(fingerprint)
                            .append(' ')
                            .append(runs)
                            .append(' ')
                            .append(place)
                            .append('\n'));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
