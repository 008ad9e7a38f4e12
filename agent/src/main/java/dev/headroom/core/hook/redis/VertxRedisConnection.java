package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.record.Behalf;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.RequestScope;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One connection of Vert.x' Redis client, and for whom its commands are. Used by the connection's own thread. */
final class VertxRedisConnection {
    private static final int MAX_WAITING = 1 << 16;
    private static final String QUEUED = "QUEUED";
    private static final Getter TYPE = new Getter("type");
    private static final Getter NUMBER = new Getter("toLong");
    private static final Getter BUFFER = new Getter("toBuffer");
    private static final Getter LENGTH = new Getter("length");
    private static final Getter KEYS = new Getter("getKeys");

    final SharedConnection shared;
    private final RecentLookups recent;
    private final HashMap<Integer, Asker> askers = new HashMap<>();

    VertxRedisConnection(SharedConnection shared, RecentLookups recent) {
        this.shared = shared;
        this.recent = recent;
    }

    /** The command that was put into the buffer is for somebody. */
    void sent(RedisCommand command, int identity, @Nullable Asker asker) {
        shared.sent(command, identity);
        if (asker != null && askers.size() < MAX_WAITING) {
            askers.put(identity, asker);
        }
    }

    /** The oldest command has its reply. */
    void answered(@Nullable Object reply) {
        int identity = shared.oldest();
        read(reply);
        shared.answeredOldest();
        shared.settle(true); // A client of a cluster follows where the reply points; no other one gets such a reply.
        Asker asker = askers.isEmpty() ? null : askers.remove(identity);
        if (asker != null) {
            Answer.tell(recent.take(identity), asker.account);
            recent.calls.tell(identity, asker.behalf);
        }
    }

    void forget() {
        shared.forget();
        askers.clear();
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

    /** For which request a command or batch is. */
    static final class Asker {
        final RequestScope account;
        final Behalf behalf = new Behalf();

        Asker(CallStack stack, RequestScope account) {
            this.account = account;
            behalf.anywhere(stack);
        }
    }
}
