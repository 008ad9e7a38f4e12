package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.redis.RedisCommand.Lookup;
import dev.headroom.core.hook.redis.RedisCommand.Role;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Every command by its name as sent. Those not listed here are taken in as they come, their first argument being the key, up to
 * {@link #MAX_UNLISTED}; then they are {@code _OTHER}. Thread-safe without locks; a known command costs no
 * allocation.
 */
final class RedisCommands {
    static final int MAX_UNLISTED = 300;
    private static final int SLOTS = 1024;

    private static final String WITHOUT_KEY =
            "PING ECHO AUTH HELLO SELECT QUIT RESET CONFIG INFO DBSIZE FLUSHALL FLUSHDB SAVE BGSAVE "
                    + "BGREWRITEAOF LASTSAVE SHUTDOWN SLAVEOF REPLICAOF ROLE SYNC SLOWLOG SCRIPT FUNCTION CLUSTER "
                    + "READONLY READWRITE ASKING ACL COMMAND LATENCY MODULE TIME SWAPDB SCAN KEYS RANDOMKEY UNWATCH "
                    + "UNSUBSCRIBE PUNSUBSCRIBE SUNSUBSCRIBE PUBLISH SPUBLISH PUBSUB LOLWUT DEBUG FAILOVER SENTINEL "
                    + "REPLCONF _OTHER";
    private static final String VALUES = "GET GETEX GETDEL HGET JSON.GET LINDEX ZSCORE";
    private static final String ELEMENTS = "MGET HMGET JSON.MGET HGETEX HGETDEL ZMSCORE";
    private static final String COUNTS = "EXISTS TOUCH";
    private static final String AGGREGATES = "HGETALL SMEMBERS";
    private static final String RANGES = "LRANGE ZRANGE";
    private static final String MEMBERSHIPS = "HEXISTS SISMEMBER SMISMEMBER";
    private static final String SECOND_KEY = "OBJECT MEMORY BITOP XGROUP XINFO";
    private static final String SCRIPTS = "EVAL EVALSHA EVAL_RO EVALSHA_RO FCALL FCALL_RO";
    private static final String COUNTED_KEYS = "SINTERCARD ZINTER ZUNION ZDIFF ZINTERCARD LMPOP ZMPOP";
    private static final String BLOCKING = "BLPOP BRPOP BLMOVE BRPOPLPUSH BZPOPMIN BZPOPMAX";

    private final AtomicReferenceArray<RedisCommand> slots = new AtomicReferenceArray<>(SLOTS);
    private final AtomicInteger unlisted = new AtomicInteger();
    private final RedisCommand other;

    RedisCommands() {
        for (String name : WITHOUT_KEY.split(" ")) {
            add(new RedisCommand(name, RedisCommand.NO_KEY, -1, Lookup.NONE, Role.PLAIN, false));
        }
        all(VALUES, 0, -1, Lookup.VALUE, false);
        all(ELEMENTS, 0, -1, Lookup.ELEMENTS, false);
        all(COUNTS, 0, -1, Lookup.COUNT, false);
        all(AGGREGATES, 0, -1, Lookup.AGGREGATE, false);
        all(RANGES, 0, -1, Lookup.FULL_RANGE, false);
        all(MEMBERSHIPS, 0, -1, Lookup.MEMBERSHIP, false);
        all(SECOND_KEY, 1, -1, Lookup.NONE, false);
        all(SCRIPTS, 2, 1, Lookup.NONE, false);
        all(COUNTED_KEYS, 1, 0, Lookup.NONE, false);
        all(BLOCKING, 0, -1, Lookup.NONE, true);
        add(new RedisCommand("BLMPOP", 2, 1, Lookup.NONE, Role.PLAIN, true));
        add(new RedisCommand("BZMPOP", 2, 1, Lookup.NONE, Role.PLAIN, true));
        add(new RedisCommand("MIGRATE", 2, -1, Lookup.NONE, Role.PLAIN, false));
        add(new RedisCommand("XREAD", RedisCommand.AFTER_STREAMS, -1, Lookup.NONE, Role.PLAIN, false));
        add(new RedisCommand("XREADGROUP", RedisCommand.AFTER_STREAMS, -1, Lookup.NONE, Role.PLAIN, false));
        keyless("WAIT", Role.PLAIN, true);
        keyless("WAITAOF", Role.PLAIN, true);
        keyless("MULTI", Role.MULTI, false);
        keyless("EXEC", Role.EXEC, false);
        keyless("DISCARD", Role.DISCARD, false);
        keyless("SUBSCRIBE", Role.SUBSCRIBE, false);
        keyless("PSUBSCRIBE", Role.SUBSCRIBE, false);
        keyless("SSUBSCRIBE", Role.SUBSCRIBE, false);
        keyless("MONITOR", Role.MONITOR, false);
        keyless("PSYNC", Role.MONITOR, false);
        keyless("CLIENT", Role.CLIENT, false);
        other = named("_OTHER");
    }

    private void keyless(String name, Role role, boolean blocking) {
        add(new RedisCommand(name, RedisCommand.NO_KEY, -1, Lookup.NONE, role, blocking));
    }

    private void all(String names, int keyAt, int keyCountAt, Lookup lookup, boolean blocking) {
        for (String name : names.split(" ")) {
            add(new RedisCommand(name, keyAt, keyCountAt, lookup, Role.PLAIN, blocking));
        }
    }

    /** The command of these bytes. */
    RedisCommand named(byte[] word) {
        return named(word, 0, word.length);
    }

    /** The command of the bytes between these two places. */
    RedisCommand named(byte[] bytes, int from, int to) {
        int at = RedisCommand.hash(bytes, from, to) & (SLOTS - 1);
        for (RedisCommand known = slots.get(at); known != null; known = slots.get(at)) {
            if (known.is(bytes, from, to)) {
                return known;
            }
            at = (at + 1) & (SLOTS - 1);
        }
        String name = spelled(bytes, from, to);
        return name == null ? other : admit(name);
    }

    /** The command of that name, in capitals. */
    RedisCommand named(String name) {
        int at = RedisCommand.hash(name) & (SLOTS - 1);
        for (RedisCommand known = slots.get(at); known != null; known = slots.get(at)) {
            if (known.is(name)) {
                return known;
            }
            at = (at + 1) & (SLOTS - 1);
        }
        return admit(name);
    }

    private RedisCommand admit(String name) {
        if (unlisted.get() >= MAX_UNLISTED) {
            return other;
        }
        unlisted.incrementAndGet();
        return add(new RedisCommand(name, 0, -1, Lookup.NONE, Role.PLAIN, false));
    }

    private RedisCommand add(RedisCommand command) {
        int at = RedisCommand.hash(command.commandName()) & (SLOTS - 1);
        while (!slots.compareAndSet(at, null, command)) {
            RedisCommand taken = slots.get(at);
            if (taken.is(command.commandName())) {
                return taken;
            }
            at = (at + 1) & (SLOTS - 1);
        }
        return command;
    }

    /** The name in capitals, or null when no command is spelled like this. */
    private static @Nullable String spelled(byte[] bytes, int from, int to) {
        if (to == from || to - from > 24) {
            return null;
        }
        StringBuilder name = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            byte upper = RedisCommand.upper(bytes[i]);
            if ((upper < 'A' || upper > 'Z') && (upper < '0' || upper > '9') && upper != '.' && upper != '_') {
                return null;
            }
            name.append((char) upper);
        }
        return name.toString();
    }
}
