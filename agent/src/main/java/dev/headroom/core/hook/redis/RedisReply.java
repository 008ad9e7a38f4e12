package dev.headroom.core.hook.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a raw reply, or the exception in its place, means for the conversation. Stateless. */
final class RedisReply {
    private static final String JEDIS_ERROR_REPLY = "redis.clients.jedis.exceptions.JedisDataException";
    private static final String VALKEY_ERROR_REPLY = "io.valkey.exceptions.JedisDataException";
    private static final String LETTUCE_ERROR_REPLY = "io.lettuce.core.RedisCommandExecutionException";
    private static final byte[] QUEUED = {'Q', 'U', 'E', 'U', 'E', 'D'};
    private static final byte[] UNSUBSCRIBE = {'u', 'n', 's', 'u', 'b', 's', 'c', 'r', 'i', 'b', 'e'};

    private RedisReply() {}

    /** Whether the server answered with an error; any other exception means that no answer came. */
    static boolean isError(Throwable thrown) {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(JEDIS_ERROR_REPLY) || type.getName().equals(VALKEY_ERROR_REPLY)) {
                return true;
            }
        }
        return false;
    }

    /** The error's prefix as Redis spells it (WRONGTYPE, MOVED, ...), else the exception's class. */
    static String errorType(Throwable thrown) {
        String message = isError(thrown) ? thrown.getMessage() : null;
        String prefix = message == null ? "" : prefix(message);
        return prefix.isEmpty() ? thrown.getClass().getName() : prefix;
    }

    /** As above, of an error's text that nobody has made an exception of. */
    static String errorType(String text) {
        String prefix = prefix(text);
        return prefix.isEmpty() ? LETTUCE_ERROR_REPLY : prefix;
    }

    private static String prefix(String message) {
        int end = 0;
        while (end < message.length() && message.charAt(end) >= 'A' && message.charAt(end) <= 'Z') {
            end++;
        }
        boolean word = end >= 2 && end <= 24 && (end == message.length() || message.charAt(end) == ' ');
        return word ? message.substring(0, end) : "";
    }

    /** Whether the error says that another node of the cluster has the key. */
    static boolean isRedirection(String errorType) {
        return errorType.equals("MOVED") || errorType.equals("ASK");
    }

    /** Whether a command inside a transaction was accepted. */
    static boolean isQueued(@Nullable Object reply) {
        return reply instanceof byte[] && endsWith((byte[]) reply, QUEUED, QUEUED.length);
    }

    /** Whether the last subscription of the connection ended, so that it answers commands again. */
    static boolean endsSubscriptions(@Nullable Object reply) {
        if (!(reply instanceof List) || ((List<?>) reply).size() < 3) {
            return false;
        }
        Object kind = ((List<?>) reply).get(0);
        Object left = ((List<?>) reply).get(2);
        return kind instanceof byte[]
                && left instanceof Long
                && (Long) left == 0
                && endsWith((byte[]) kind, UNSUBSCRIBE, UNSUBSCRIBE.length + 1);
    }

    private static boolean endsWith(byte[] text, byte[] word, int maxLength) {
        int from = text.length - word.length;
        if (from < 0 || text.length > maxLength) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (text[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
