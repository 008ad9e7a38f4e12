package dev.headroom.dashboard.plan;

import java.util.List;

/**
 * How a database would run a statement. Immutable.
 *
 * @param lines its steps, the outer ones first and indented; without estimates, so that equal plans are equal texts
 * @param scans tables that it reads from one end to the other
 */
public record Plan(List<String> lines, List<Scan> scans) {
    /**
     * @param rows of the table, as the database estimates; negative when it does not know
     * @param columns by which rows are left out, in the order in which an index should have them; empty when all are wanted
     */
    public record Scan(String table, long rows, List<String> columns) {}

    /** The same for plans of the same shape. */
    String hash() {
        return String.format("%08x", String.join("\n", lines).hashCode());
    }
}
