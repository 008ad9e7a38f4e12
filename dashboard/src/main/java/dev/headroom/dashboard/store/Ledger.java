package dev.headroom.dashboard.store;

import java.util.Map;

/**
 * What came of one signal of one sender, and what did not. Relations: {@code sequence = delivered.batches() + gaps} from the
 * sender's first number on.
 *
 * @param signal {@code m} for metrics, {@code l} for logs
 * @param sequence highest stored number
 * @param gaps numbers that never arrived
 * @param duplicates repeats that were recognised and not stored
 */
public record Ledger(
        String service,
        String instance,
        Map<String, String> resource,
        String signal,
        long sequence,
        long gaps,
        long duplicates,
        Delivered delivered) {}
