package dev.headroom.sql;

import org.jspecify.annotations.Nullable;

/** The words whose case does not matter, found in a text without copying it. Immutable and thread-safe. */
final class SqlKeywords {
    private static final String[] WORDS = {
        "ADD",
        "ALL",
        "ALTER",
        "ANALYZE",
        "AND",
        "ANY",
        "ARRAY",
        "AS",
        "ASC",
        "BEGIN",
        "BETWEEN",
        "BY",
        "CALL",
        "CASE",
        "COMMIT",
        "CONFLICT",
        "CREATE",
        "CROSS",
        "DELETE",
        "DESC",
        "DISTINCT",
        "DO",
        "DROP",
        "ELSE",
        "END",
        "ESCAPE",
        "EXCEPT",
        "EXEC",
        "EXECUTE",
        "EXISTS",
        "EXPLAIN",
        "FALSE",
        "FETCH",
        "FIRST",
        "FOR",
        "FROM",
        "FULL",
        "GRANT",
        "GROUP",
        "HAVING",
        "IDENTIFIED",
        "IN",
        "INDEX",
        "INNER",
        "INSERT",
        "INTERSECT",
        "INTERVAL",
        "INTO",
        "IS",
        "JOIN",
        "KEY",
        "LEFT",
        "LIKE",
        "LIMIT",
        "LOCK",
        "MERGE",
        "NATURAL",
        "NEXT",
        "NOT",
        "NOTHING",
        "NULL",
        "OFFSET",
        "ON",
        "ONLY",
        "OR",
        "ORDER",
        "OUTER",
        "OVER",
        "PARTITION",
        "PASSWORD",
        "PRIMARY",
        "RECURSIVE",
        "RELEASE",
        "REPLACE",
        "RETURNING",
        "REVOKE",
        "RIGHT",
        "ROLLBACK",
        "ROWS",
        "SAVEPOINT",
        "SELECT",
        "SET",
        "SHARE",
        "SHOW",
        "SOME",
        "TABLE",
        "THEN",
        "TO",
        "TOP",
        "TRUE",
        "TRUNCATE",
        "UNION",
        "UNIQUE",
        "UPDATE",
        "UPSERT",
        "USING",
        "VALUES",
        "VIEW",
        "WHEN",
        "WHERE",
        "WINDOW",
        "WITH"
    };
    private static final int LONGEST = 10;
    private static final String[] TABLE = new String[512];

    static {
        for (String word : WORDS) {
            int slot = slot(word, 0, word.length());
            while (TABLE[slot] != null) {
                slot = (slot + 1) & (TABLE.length - 1);
            }
            TABLE[slot] = word;
        }
    }

    private SqlKeywords() {}

    /** The keyword that stands there, in upper case, or null. */
    static @Nullable String at(String sql, int start, int end) {
        int length = end - start;
        if (length > LONGEST) {
            return null;
        }
        int slot = slot(sql, start, end);
        for (String word = TABLE[slot]; word != null; word = TABLE[slot]) {
            if (word.length() == length && sql.regionMatches(true, start, word, 0, length)) {
                return word;
            }
            slot = (slot + 1) & (TABLE.length - 1);
        }
        return null;
    }

    private static int slot(String text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + (text.charAt(i) & ~0x20);
        }
        return (hash ^ (hash >>> 9)) & (TABLE.length - 1);
    }
}
