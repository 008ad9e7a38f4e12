package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Value;
import java.util.List;

/**
 * A row that a raw file holds now: one window of one sender.
 *
 * @param source number of the raw file
 * @param id unique and ascending in the file
 * @param first id of the first row of the {@link Pending.Part} that it belongs to
 * @param start as {@link Grid#start} has it, like {@code end} in Unix milliseconds
 * @param values in the order of {@code series}
 */
record StoredRow(
        String service,
        String instance,
        long source,
        long id,
        long first,
        long start,
        long end,
        List<Series> series,
        List<Value> values) {}
