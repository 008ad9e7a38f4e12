package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Attribute;
import dev.headroom.sql.SqlDialect;
import dev.headroom.sql.SqlFingerprint;
import java.util.Map;
import java.util.Set;

/**
 * Gives statements of other senders the text and the fingerprint that our agent would give them, so that both stand in one row and
 * no literal is kept. Stateless.
 */
final class Statements {
    /** Where the text of a query is no SQL. */
    private static final Set<String> OTHER_LANGUAGES = Set.of(
            "redis",
            "valkey",
            "memcached",
            "mongodb",
            "elasticsearch",
            "opensearch",
            "aws.dynamodb",
            "dynamodb",
            "couchdb",
            "couchbase",
            "hbase",
            "geode",
            "neo4j",
            "azure.cosmosdb",
            "cosmosdb");

    private Statements() {}

    /** @param attributes changed: the text, and what follows from it; a text that is no SQL is taken out */
    static void shape(Map<String, String> attributes) {
        String text = attributes.get(Attribute.DB_QUERY.key());
        if (text == null || attributes.containsKey(Attribute.DB_FINGERPRINT.key())) {
            return;
        }
        String system = attributes.getOrDefault(Attribute.DB_SYSTEM.key(), "");
        if (OTHER_LANGUAGES.contains(system)) {
            attributes.remove(Attribute.DB_QUERY.key());
            attributes.putIfAbsent(Attribute.DB_OPERATION.key(), firstWord(text));
            return;
        }
        SqlFingerprint.Description shape = new SqlFingerprint().describe(text, SqlDialect.of(system));
        String shaped = shape.text.length() > SqlFingerprint.MAX_TEXT
                ? shape.text.substring(0, SqlFingerprint.MAX_TEXT)
                : shape.text;
        attributes.put(Attribute.DB_QUERY.key(), shaped);
        attributes.put(Attribute.DB_FINGERPRINT.key(), SqlFingerprint.written(shape.hash));
        attributes.put(Attribute.DB_OPERATION.key(), shape.operation);
    }

    private static String firstWord(String text) {
        String start = text.strip();
        int end = 0;
        while (end < start.length() && end < 20 && Character.isLetterOrDigit(start.charAt(end))) {
            end++;
        }
        return end == 0 ? "unknown" : start.substring(0, end);
    }
}
