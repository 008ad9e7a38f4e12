package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.redis.RedisCommand.Lookup;
import dev.headroom.core.hook.redis.RedisCommand.Role;
import org.jspecify.annotations.Nullable;

/**
 * A command being written to its connection: takes its arguments one by one and keeps of them the shape of the first key and a
 * few facts, never an argument. Reused; one thread at a time.
 *
 * @param <C> the client library's connection, as we know it
 */
final class Sending<C> {
    private static final byte[] ZERO = {'0'};
    private static final byte[] MINUS_ONE = {'-', '1'};
    private static final byte[] ON = {'O', 'N'};
    private static final byte[] REV = {'R', 'E', 'V'};
    private static final byte[] BLOCK = {'B', 'L', 'O', 'C', 'K'};
    private static final byte[] REPLY = {'R', 'E', 'P', 'L', 'Y'};
    private static final byte[] STREAMS = {'S', 'T', 'R', 'E', 'A', 'M', 'S'};
    private static final byte[] WITHSCORES = {'W', 'I', 'T', 'H', 'S', 'C', 'O', 'R', 'E', 'S'};

    final C connection;

    @Nullable
    RedisCommand command;

    @Nullable
    KeyPattern pattern;

    /** What the thread was sending when this began: opening a connection sends commands of its own. */
    @Nullable
    Sending<?> outer;

    /** Whether its words are told one by one, and the thread must know of it meanwhile. */
    boolean tellsWords;

    long startNanos;
    boolean silencesReplies;
    private int arguments;
    private boolean keyless;
    private boolean streams;
    private boolean blocking;
    private boolean fullRange;
    private boolean setsReply;

    Sending(C connection) {
        this.connection = connection;
    }

    /** Several, for a connection whose sends may be nested. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static <C> Sending<C>[] of(C connection, int number) {
        Sending<C>[] each = new Sending[number];
        for (int i = 0; i < number; i++) {
            each[i] = new Sending<>(connection);
        }
        return each;
    }

    /** What is to be sent is not known yet. */
    void begin(long nowNanos) {
        command = null;
        pattern = null;
        startNanos = nowNanos;
        silencesReplies = false;
        arguments = 0;
        streams = false;
        fullRange = false;
        setsReply = false;
    }

    void command(RedisCommand itself) {
        command = itself;
        keyless = itself.keyAt == RedisCommand.NO_KEY;
        blocking = itself.blocking;
    }

    /** @return whether the arguments that follow still matter */
    boolean argument(byte[] argument, KeyPatterns patterns) {
        return argument(argument, 0, argument.length, patterns);
    }

    /**
     * @param bytes the argument lies in here, from {@code from} to before {@code to}
     * @return whether the arguments that follow still matter
     */
    boolean argument(byte[] bytes, int from, int to, KeyPatterns patterns) {
        RedisCommand sent = command;
        if (sent == null) {
            return false;
        }
        int at = arguments++;
        if (at == sent.keyCountAt && is(bytes, from, to, ZERO)) {
            keyless = true;
        }
        if (sent.keyAt == RedisCommand.AFTER_STREAMS) {
            return streamArgument(bytes, from, to, patterns);
        }
        if (at == sent.keyAt && !keyless) {
            pattern = patterns.wanted(bytes, from, to);
        }
        if (sent.lookup == Lookup.COUNT) {
            return true;
        }
        if (sent.lookup == Lookup.FULL_RANGE) {
            return rangeArgument(bytes, from, to, at);
        }
        if (sent.role == Role.CLIENT) {
            setsReply |= at == 0 && is(bytes, from, to, REPLY);
            silencesReplies = setsReply && at == 1 && !is(bytes, from, to, ON);
            return at == 0 && setsReply;
        }
        return !keyless && at < sent.keyAt;
    }

    private boolean streamArgument(byte[] bytes, int from, int to, KeyPatterns patterns) {
        if (streams) {
            pattern = patterns.wanted(bytes, from, to);
            return false;
        }
        blocking |= is(bytes, from, to, BLOCK);
        streams = is(bytes, from, to, STREAMS);
        return true;
    }

    private boolean rangeArgument(byte[] bytes, int from, int to, int at) {
        if (at == 1) {
            fullRange = is(bytes, from, to, ZERO);
        } else if (at == 2) {
            fullRange &= is(bytes, from, to, MINUS_ONE);
        } else if (at > 2) {
            fullRange &= is(bytes, from, to, WITHSCORES) || is(bytes, from, to, REV);
        }
        return at == 0 || fullRange;
    }

    int facts() {
        return Pending.withArguments(arguments)
                | (fullRange && arguments > 2 ? Pending.FULL_RANGE : 0)
                | (blocking ? Pending.BLOCKING : 0);
    }

    /** How many there are, when that is known before they have all been seen. */
    void arguments(int inAll) {
        arguments = inAll;
    }

    private static boolean is(byte[] bytes, int from, int to, byte[] word) {
        if (to - from != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (RedisCommand.upper(bytes[from + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
