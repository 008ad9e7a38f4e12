package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Getter;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One connection of Vert.x' Redis client. Used by the connection's own thread. */
final class VertxRedisConnection {
    private static final String QUEUED = "QUEUED";
    private static final Getter TYPE = new Getter("type");
    private static final Getter NUMBER = new Getter("toLong");
    private static final Getter BUFFER = new Getter("toBuffer");
    private static final Getter LENGTH = new Getter("length");
    private static final Getter KEYS = new Getter("getKeys");

    final SharedConnection shared;

    VertxRedisConnection(SharedConnection shared) {
        this.shared = shared;
    }

    /** The oldest command has its reply. */
    void answered(@Nullable Object reply) {
        read(reply);
        shared.answeredOldest();
        shared.settle(true); // A client of a cluster follows where the reply points; no other one gets such a reply.
    }

    private void read(@Nullable Object reply) {
        ReplyReader reader = shared.reader;
        String type = reply == null ? "" : String.valueOf(TYPE.of(reply));
        Object number;
        switch (type) {
            case "":
                reader.value(true);
                break;
            case "ERROR":
                reader.error(String.valueOf(reply));
                break;
            case "NUMBER":
            case "BOOLEAN":
                number = NUMBER.of(reply);
                reader.number(number instanceof Long ? (Long) number : 0);
                break;
            case "BULK":
                reader.value(LENGTH.number(BUFFER.of(reply)));
                break;
            case "SIMPLE":
                if (QUEUED.equals(String.valueOf(reply))) {
                    reader.accepted();
                } else {
                    reader.value(false);
                }
                break;
            default:
                if (reply instanceof Iterable) {
                    list((Iterable<?>) reply, reader);
                } else {
                    reader.value(false);
                }
        }
    }

    /** A map tells its values only; on the wire its keys stand between them. */
    private void list(Iterable<?> elements, ReplyReader reader) {
        int size = 0;
        for (Iterator<?> each = elements.iterator(); each.hasNext(); each.next()) {
            size++;
        }
        Object keys = KEYS.of(elements);
        boolean map = keys instanceof Collection && ((Collection<?>) keys).size() == size;
        reader.list(map ? 2 * size : size);
        for (Object element : elements) {
            if (map) {
                reader.value(false);
            }
            read(element);
        }
    }
}
