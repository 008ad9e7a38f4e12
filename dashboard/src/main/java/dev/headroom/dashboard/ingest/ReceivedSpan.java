package dev.headroom.dashboard.ingest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a span. Immutable.
 *
 * @param identity hash of trace id and span id; 0 when one of them is missing or zero
 * @param failed its status is ERROR
 * @param sampled its trace state says that spans like it were left out
 */
record ReceivedSpan(
        long identity,
        Kind kind,
        String name,
        long startNanos,
        long endNanos,
        Map<String, String> attributes,
        boolean failed,
        boolean sampled) {
    /** OTLP's span kinds, as far as they matter here. */
    enum Kind {
        SERVER,
        CLIENT,
        OTHER;

        static Kind of(long number) {
            return number == 2 ? SERVER : number == 3 ? CLIENT : OTHER;
        }
    }

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    static long identity(byte[] traceId, byte[] spanId) {
        if (traceId.length != TRACE_ID_BYTES || spanId.length != SPAN_ID_BYTES || zero(traceId) || zero(spanId)) {
            return 0;
        }
        long hash = number(spanId, 0) * 0x9E3779B97F4A7C15L;
        hash = mixed(hash ^ number(traceId, 8));
        hash = mixed(hash ^ number(traceId, 0));
        return hash == 0 ? 1 : hash;
    }

    private static boolean zero(byte[] id) {
        int any = 0;
        for (byte each : id) {
            any |= each;
        }
        return any == 0;
    }

    private static long number(byte[] id, int from) {
        long number = 0;
        for (int i = from; i < from + 8; i++) {
            number = number << 8 | (id[i] & 0xFF);
        }
        return number;
    }

    private static long mixed(long hash) {
        long half = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        return half ^ (half >>> 32);
    }

    /** OpenTelemetry's member of a W3C trace state: {@code th} is the sampling threshold, absent or 0 when all are kept. */
    static boolean sampled(String traceState) {
        for (String member : traceState.split(",", -1)) {
            String trimmed = member.trim();
            if (trimmed.startsWith("ot=")) {
                for (String part : trimmed.substring(3).split(";", -1)) {
                    if (part.startsWith("th:") && !part.substring(3).matches("0*")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** What is wrong with it, or null. */
    @Nullable
    String fault() {
        if (identity == 0) {
            return "spans without a trace id or span id";
        }
        return endNanos <= 0 || startNanos <= 0 || endNanos < startNanos ? "spans that end before they start" : null;
    }
}
