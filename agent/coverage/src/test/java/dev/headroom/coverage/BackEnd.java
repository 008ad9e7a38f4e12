package dev.headroom.coverage;

import java.util.Map;

/** What scenarios talk to. One cell has it at a time; started at its first use, kept until all cells have run. */
interface BackEnd extends AutoCloseable {
    /**
     * Makes it as new, so that the run with the agent and the one without find the same.
     *
     * @return where it is, as system properties of the scenario; of every {@code *.port} and {@code *.url} with a port the harness
     *     adds {@code *.slow.port} or {@code *.slow.url}, which answers 200 ms late
     */
    Map<String, String> fresh() throws Exception;

    /** What it did since {@link #fresh}: calls by kind, as it counts them itself. Empty where it does not count. */
    Map<String, Long> work() throws Exception;

    @Override
    void close() throws Exception;
}
