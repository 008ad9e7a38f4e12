package dev.headroom.core.hook.redis;

import dev.headroom.core.record.RequestScope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one reply says about lookups: whether it is nil, a number or a list, and of what elements. Reused; one thread at a time. */
final class Answer {
    private boolean list;
    private boolean empty;
    private long number;
    private boolean isNumber;
    private int elements;
    private int values;
    private int nils;
    private int ones;

    /** Of the one value of the reply; negative when it has none, or it was not told. */
    private int bytes;

    void clear() {
        list = false;
        empty = true;
        number = 0;
        isNumber = false;
        elements = 0;
        values = 0;
        nils = 0;
        ones = 0;
        bytes = -1;
    }

    /** From a reply of which the library made objects. */
    void read(@Nullable Object reply) {
        clear();
        // First what nearly every reply is: asking an array whether it is a list takes ten times as long.
        if (reply == null || reply instanceof byte[]) {
            value(reply == null);
            bytes = reply == null ? -1 : ((byte[]) reply).length;
        } else if (reply instanceof List) {
            List<?> elements = (List<?>) reply;
            list(elements.size());
            for (int i = 0; i < elements.size(); i++) {
                Object element = elements.get(i);
                if (element instanceof Long || element instanceof Boolean) {
                    element(numeric(element));
                } else {
                    element(element == null);
                }
            }
        } else if (reply instanceof Collection) {
            list(((Collection<?>) reply).size());
        } else if (reply instanceof Map) {
            list(2 * ((Map<?, ?>) reply).size());
        } else if (reply instanceof Long || reply instanceof Boolean) {
            value(numeric(reply));
        } else {
            value(false);
        }
    }

    /** RESP2 answers 0 or 1 where RESP3 may answer false or true. */
    private static long numeric(Object answer) {
        return answer instanceof Long ? (Long) answer : Boolean.TRUE.equals(answer) ? 1 : 0;
    }

    /** The reply is one value, or nil. */
    void value(boolean nil) {
        empty = nil;
        element(nil);
    }

    /** The reply is one value of so many bytes. */
    void value(int size) {
        value(false);
        bytes = size;
    }

    /** The size of the one value; negative when it is not known. */
    int bytes() {
        return bytes;
    }

    /** The reply is one number. */
    void value(long itself) {
        empty = false;
        isNumber = true;
        number = itself;
        element(itself);
    }

    /** The reply has so many elements, which follow; below 0 it is nil. */
    void list(int size) {
        list = size >= 0;
        empty = size <= 0;
        elements = Math.max(0, size);
        nils = size < 0 ? 1 : 0;
    }

    /** Of a list, a map's keys and values both; 0 when the reply is none. */
    int elements() {
        return elements;
    }

    void element(boolean nil) {
        if (nil) {
            nils++;
        } else {
            values++;
        }
    }

    void element(long itself) {
        values++;
        ones += itself == 1 ? 1 : 0;
    }

    /** Of a question about membership: the answers yes. */
    int ones() {
        return ones;
    }

    /** Of a question about membership: the answers no. */
    int others() {
        return values + nils - ones;
    }

    /** @return {@link #hits} and {@link #misses} together */
    long lookups(RedisCommand.Lookup kind, int arguments) {
        switch (kind) {
            case VALUE:
                return both(nils > 0 ? 0 : 1, nils > 0 ? 1 : 0);
            case ELEMENTS:
                return list ? both(values, nils) : 0;
            case COUNT:
                return isNumber ? both((int) number, arguments - (int) number) : 0;
            case AGGREGATE:
            case FULL_RANGE:
                return both(empty ? 0 : 1, empty ? 1 : 0);
            default:
                return 0;
        }
    }

    private static long both(int hits, int misses) {
        return (long) Math.max(0, hits) << 32 | Math.max(0, misses);
    }

    static int hits(long lookups) {
        return (int) (lookups >>> 32);
    }

    static int misses(long lookups) {
        return (int) lookups;
    }

    /** Puts lookups to the account of the request that made them. */
    static void tell(long lookups, RequestScope request) {
        if (lookups != 0 && request.active()) {
            for (int i = hits(lookups); i > 0; i--) {
                request.cache(true);
            }
            for (int i = misses(lookups); i > 0; i--) {
                request.cache(false);
            }
        }
    }
}
