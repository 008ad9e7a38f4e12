package dev.headroom.core.hook.jdbc;

import java.util.Locale;

/** What a statement says of transactions by its text. */
enum TransactionWord {
    NONE,
    BEGIN,
    COMMIT,
    ROLLBACK;

    /** Words that may follow BEGIN; a block of statements begins with the same word. */
    private static final String[] BEGINNINGS = {
        "TRANSACTION", "WORK", "TRAN", "DEFERRED", "IMMEDIATE", "EXCLUSIVE", "ISOLATION", "READ"
    };

    /**
     * @param operation the statement's first word
     * @param text the statement without its literals
     */
    static TransactionWord of(String operation, String text) {
        switch (operation) {
            case "START":
                return rest(operation, text).startsWith(" TRANSACTION") ? BEGIN : NONE;
            case "BEGIN":
                return begins(rest(operation, text)) ? BEGIN : NONE;
            case "COMMIT":
                return rest(operation, text).startsWith(" PREPARED") ? NONE : COMMIT;
            case "ROLLBACK":
                String rest = rest(operation, text);
                return rest.startsWith(" PREPARED") || rest.contains(" TO ") ? NONE : ROLLBACK;
            default:
                return NONE;
        }
    }

    /** Behind the first word; only words that the dialect reserves stand in capitals before. */
    private static String rest(String operation, String text) {
        return text.substring(Math.min(operation.length(), text.length())).toUpperCase(Locale.ROOT);
    }

    private static boolean begins(String rest) {
        if (rest.isEmpty() || rest.equals(";")) {
            return true;
        }
        for (String word : BEGINNINGS) {
            if (rest.startsWith(" " + word)) {
                return true;
            }
        }
        return false;
    }
}
