package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Batch;
import java.util.UUID;

/**
 * The number that makes a repeat recognisable: {@code <instance uuid>:<signal>:<sequence>} in the header {@code Idempotency-Key}.
 * Headroom's agents send it; stock receivers ignore it.
 */
record IdempotencyKey(UUID instance, Batch.Cursor cursor) {
    static final String HEADER = "Idempotency-Key";

    /** @throws OtlpRefusal when it is not of that form, or of another signal */
    static IdempotencyKey parse(String header, OtlpSignal signal) {
        String text = header.trim();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 3 && parts[1].equals(signal.letter())) {
                long sequence = Long.parseLong(parts[2]);
                if (sequence > 0) {
                    return new IdempotencyKey(UUID.fromString(parts[0]), new Batch.Cursor(parts[1], sequence));
                }
            }
        } catch (IllegalArgumentException ignored) {
            // the refusal below says what was found
        }
        throw OtlpRefusal.malformed("Header " + HEADER + " is \"" + header + "\"; expected <instance uuid>:"
                + signal.letter() + ":<number from 1>");
    }
}
