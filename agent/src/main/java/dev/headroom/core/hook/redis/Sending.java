package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.redis.RedisCommand.Lookup;
import dev.headroom.core.hook.redis.RedisCommand.Role;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * A command being written to its connection: takes its arguments one by one and keeps of them the shape of the first key and a
 * few facts, never an argument. Reused; one thread at a time.
 *
 * @param <C> the client library's connection, as we know it
 */
final class Sending<C> {
    /** In the place of a lifetime: there is none, or it is not known. */
    static final long ENDLESS = -1;

    static final long UNKNOWN = -2;

    private static final byte[] EX = {'E', 'X'};
    private static final byte[] PX = {'P', 'X'};
    private static final byte[] EXAT = {'E', 'X', 'A', 'T'};
    private static final byte[] PXAT = {'P', 'X', 'A', 'T'};
    private static final byte[] KEEPTTL = {'K', 'E', 'E', 'P', 'T', 'T', 'L'};
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

    /** For whom it is, as {@link RequestScope#elsewhere()} gave it, and from where; null for a request that nobody noted. */
    @Nullable
    RequestScope asker;

    @Nullable
    String caller;

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

    /** Of the value written; negative when there is none. */
    int valueBytes;

    /** Of the entry written, in milliseconds, or else {@link #ENDLESS} or {@link #UNKNOWN}. */
    long lifetimeMillis;

    /** Whether it is a moment instead, in Unix time. */
    boolean untilMoment;

    /** What the number that follows counts, in milliseconds; 0 when no number follows. */
    private int unitMillis;

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
        valueBytes = -1;
        lifetimeMillis = ENDLESS;
        untilMoment = false;
        unitMillis = 0;
        asker = null;
        caller = null;
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
        if (sent.write != RedisCommand.Write.NONE) {
            return written(sent.write, bytes, from, to, at);
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

    /** Whether the argument that follows is the value. */
    boolean expectsValue() {
        RedisCommand sent = command;
        boolean second = sent != null
                && (sent.write == RedisCommand.Write.SECONDS_VALUE || sent.write == RedisCommand.Write.MILLIS_VALUE);
        return sent != null && sent.write.writesValue() && arguments == (second ? 2 : 1);
    }

    private boolean written(RedisCommand.Write write, byte[] bytes, int from, int to, int at) {
        if (at == 0) {
            return true;
        }
        switch (write) {
            case SET:
                if (at == 1) {
                    valueBytes = to - from;
                } else {
                    option(bytes, from, to);
                }
                return true;
            case VALUE:
                valueBytes = to - from;
                return false;
            case SECONDS_VALUE:
            case MILLIS_VALUE:
                if (at == 1) {
                    lifetime(bytes, from, to, write == RedisCommand.Write.SECONDS_VALUE ? 1000 : 1);
                } else {
                    valueBytes = to - from;
                }
                return at == 1;
            case UNTIL_SECONDS:
            case UNTIL_MILLIS:
                untilMoment = true;
                lifetime(bytes, from, to, write == RedisCommand.Write.UNTIL_SECONDS ? 1000 : 1);
                return false;
            default:
                lifetime(bytes, from, to, write == RedisCommand.Write.SECONDS ? 1000 : 1);
                return false;
        }
    }

    /** All words behind the value follow, those told before included. */
    void optionsBegin() {
        lifetimeMillis = ENDLESS;
        untilMoment = false;
        unitMillis = 0;
    }

    /** Whether these words were all told. */
    void options(boolean complete) {
        if (!complete) {
            lifetimeMillis = UNKNOWN;
        }
    }

    /** A word behind the value. */
    void option(byte[] bytes, int from, int to) {
        if (unitMillis > 0) {
            lifetime(bytes, from, to, unitMillis);
            unitMillis = 0;
        } else if (is(bytes, from, to, EX)) {
            unitMillis = 1000;
        } else if (is(bytes, from, to, PX)) {
            unitMillis = 1;
        } else if (is(bytes, from, to, EXAT) || is(bytes, from, to, PXAT)) {
            unitMillis = is(bytes, from, to, EXAT) ? 1000 : 1;
            untilMoment = true;
        } else if (is(bytes, from, to, KEEPTTL)) {
            lifetimeMillis = UNKNOWN;
        }
    }

    private void lifetime(byte[] bytes, int from, int to, int unit) {
        long number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9' || to - from > 15) {
                lifetimeMillis = UNKNOWN;
                return;
            }
            number = number * 10 + (bytes[i] - '0');
        }
        lifetimeMillis = number * unit;
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

    /** Whether it says that commands are to be answered again. */
    boolean restoresReplies() {
        return setsReply && !silencesReplies;
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
