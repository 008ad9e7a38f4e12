package dev.headroom.dashboard.operations;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesKey;

/** What the attributes of a series say about its calls. Stateless. */
final class SeriesFacts {
    private SeriesFacts() {}

    static boolean overflowed(SeriesKey key) {
        return key.get(Attribute.OVERFLOW) != null;
    }

    static boolean isSql(SeriesKey key) {
        return key.is(Metric.DB_DURATION) && !Operations.REDIS.equals(key.get(Attribute.DB_SYSTEM));
    }

    static String shape(SeriesKey key) {
        return overflowed(key) ? Operations.OVERFLOW : key.get(Attribute.DB_FINGERPRINT, statement(key));
    }

    /** Other senders name no statement, but often a summary of it. */
    static String statement(SeriesKey key) {
        if (overflowed(key)) {
            return Operations.OVERFLOW;
        }
        String text = key.get(Attribute.DB_QUERY, key.attributes().getOrDefault("db.query.summary", ""));
        return text.isEmpty() ? key.get(Attribute.DB_OPERATION, "unknown") : text;
    }

    static int status(SeriesKey key) {
        String status = key.get(Attribute.HTTP_STATUS, "0");
        return status.length() == 3 && status.chars().allMatch(Character::isDigit) ? Integer.parseInt(status) : 0;
    }

    static boolean failed(SeriesKey key) {
        return key.get(Attribute.ERROR_TYPE) != null;
    }

    static boolean failedInServer(SeriesKey key) {
        return failed(key) || status(key) >= 500;
    }
}
