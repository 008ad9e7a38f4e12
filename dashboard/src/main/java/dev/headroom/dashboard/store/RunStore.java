package dev.headroom.dashboard.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs of tests and load that people named: what came of them, and their data, to compare with when the measurements have left.
 * Bounded: the oldest runs leave, and before them their data. Thread-safe; every method may block on disk.
 */
public interface RunStore {
    /**
     * @param id unique, chosen by the caller
     * @param to null while it goes on
     * @param text what came of it, for the caller only
     */
    record Run(
            String id,
            String name,
            String service,
            Instant from,
            @Nullable Instant to,
            String text) {}

    /**
     * Keeps the run in place of an earlier one of its id; durable on return.
     *
     * @param data event series over its range, JVMs added up
     */
    void put(Run run, List<SeriesData> data);

    Optional<Run> find(String id);

    /** The newest finished run of that name and service. */
    Optional<Run> newest(String service, String name);

    /**
     * Latest begin first.
     *
     * @param service null for those of every service
     */
    List<Run> newest(@Nullable String service, int most);

    /** Empty when the run is not finished, is unknown, or its data left for want of room. */
    List<SeriesData> data(String id);

    /** False when there is none. */
    boolean remove(String id);
}
