package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.LoadCounts;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The shop's statements: the dashboard's counts beside PostgreSQL's own. */
final class Statements {
    /** The lines of an order are one JDBC batch, which PostgreSQL counts as so many statements. */
    private static final String BATCHED =
            Servers.shape("INSERT INTO order_line (order_id, product_id, pieces) VALUES (?, ?, ?)");

    private static final int LINES_OF_AN_ORDER = 3;

    private Statements() {}

    /** Both sides agree to the unit, since the server's start. */
    static void assertEqual(AttachedShop shop, Servers servers, LoadCounts made) throws Exception {
        Map<String, Long> seen = new TreeMap<>();
        for (JsonNode query : shop.items("queries")) {
            if (query.path("system").asString("").equals("postgresql")) {
                seen.merge(
                        Servers.shape(query.path("name").asString()),
                        query.path("count").asLong(),
                        Long::sum);
            }
        }
        Map<String, Long> calls = servers.statementCalls();
        assertThat(seen.remove(BATCHED)).as("batches").isEqualTo(made.answered("POST /orders"));
        assertThat(calls.remove(BATCHED))
                .as("batched inserts")
                .isEqualTo(LINES_OF_AN_ORDER * made.answered("POST /orders"));
        // PostgreSQL does not count every COMMIT that comes through the extended protocol; the load knows how many.
        assertThat(seen.remove("COMMIT"))
                .as("commits")
                .isEqualTo(made.answered("POST /orders") + made.answered("DELETE /orders/{id}"));
        assertThat(seen).as("statements").hasSizeGreaterThan(10);
        // What the driver says by itself (BEGIN, SET at the start of a connection) passes no JDBC statement.
        assertThat(calls).as("statements by PostgreSQL's own count").containsAllEntriesOf(seen);
        assertThat(calls.keySet())
                .as("statements of the shop that the dashboard does not know")
                .filteredOn(text -> !seen.containsKey(text))
                .noneMatch(text -> text.contains("PRODUCT") || text.contains("ORDER") || text.contains("REVIEW"));
    }
}
