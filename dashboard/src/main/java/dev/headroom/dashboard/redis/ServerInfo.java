package dev.headroom.dashboard.redis;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What INFO answered: {@code key:value} lines. Immutable. */
final class ServerInfo {
    private final Map<String, String> values = new HashMap<>();

    ServerInfo(String text) {
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && line.charAt(0) != '#') {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
    }

    String text(String key) {
        return values.getOrDefault(key, "");
    }

    /** 0 for what the server does not tell. */
    long number(String key) {
        return number(values.getOrDefault(key, ""), key);
    }

    private static long number(String text, String key) {
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException refused) {
            throw new IllegalStateException(
                    "INFO says " + key + ":" + text + " where a whole number was expected", refused);
        }
    }

    /** Of a number of seconds; null for what the server does not tell. */
    @Nullable
    Instant moment(String key) {
        long seconds = number(key);
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }

    /** Of all databases: keys, or with {@code expires} those that have a lifetime. */
    long keyspace(String what) {
        long sum = 0;
        for (Map.Entry<String, String> each : values.entrySet()) {
            if (each.getKey().matches("db[0-9]+")) {
                for (String part : each.getValue().split(",")) {
                    if (part.startsWith(what + "=")) {
                        sum += number(part.substring(what.length() + 1), each.getKey());
                    }
                }
            }
        }
        return sum;
    }

    /** Whether the last snapshot or write of the log failed: then a restart would lose what came since. */
    boolean persistenceFailed() {
        return text("rdb_last_bgsave_status").equals("err")
                || text("aof_last_write_status").equals("err")
                || text("aof_last_bgrewrite_status").equals("err");
    }
}
