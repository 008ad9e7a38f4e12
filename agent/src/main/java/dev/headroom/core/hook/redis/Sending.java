package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.redis.RedisCommand.Lookup;
import dev.headroom.core.hook.redis.RedisCommand.Role;
import org.jspecify.annotations.Nullable;

/**
 * A command being written to its connection: takes its arguments one by one and keeps of them the shape of the first key and a
 * few facts, never an argument. Reused; one thread at a time.
 */
final class Sending {
    private static final byte[] ZERO = {'0'};
    private static final byte[] MINUS_ONE = {'-', '1'};
    private static final byte[] ON = {'O', 'N'};
    private static final byte[] REV = {'R', 'E', 'V'};
    private static final byte[] BLOCK = {'B', 'L', 'O', 'C', 'K'};
    private static final byte[] REPLY = {'R', 'E', 'P', 'L', 'Y'};
    private static final byte[] STREAMS = {'S', 'T', 'R', 'E', 'A', 'M', 'S'};
    private static final byte[] WITHSCORES = {'W', 'I', 'T', 'H', 'S', 'C', 'O', 'R', 'E', 'S'};

    final Conversation conversation;

    @Nullable
    RedisCommand command;

    @Nullable
    KeyPattern pattern;

    long startNanos;
    boolean silencesReplies;
    private int arguments;
    private boolean keyless;
    private boolean streams;
    private boolean blocking;
    private boolean fullRange;
    private boolean setsReply;

    Sending(Conversation conversation) {
        this.conversation = conversation;
    }

    void begin(RedisCommand newCommand, long nowNanos) {
        command = newCommand;
        pattern = null;
        startNanos = nowNanos;
        silencesReplies = false;
        arguments = 0;
        keyless = newCommand.keyAt == RedisCommand.NO_KEY;
        streams = false;
        blocking = newCommand.blocking;
        fullRange = false;
        setsReply = false;
    }

    /** @return whether the arguments that follow still matter */
    boolean argument(byte[] argument, KeyPatterns patterns) {
        RedisCommand sent = command;
        if (sent == null) {
            return false;
        }
        int at = arguments++;
        if (at == sent.keyCountAt && is(argument, ZERO)) {
            keyless = true;
        }
        if (sent.keyAt == RedisCommand.AFTER_STREAMS) {
            return streamArgument(argument, patterns);
        }
        if (at == sent.keyAt && !keyless) {
            pattern = patterns.of(argument);
        }
        if (sent.lookup == Lookup.COUNT) {
            return true;
        }
        if (sent.lookup == Lookup.FULL_RANGE) {
            return rangeArgument(argument, at);
        }
        if (sent.role == Role.CLIENT) {
            setsReply |= at == 0 && is(argument, REPLY);
            silencesReplies = setsReply && at == 1 && !is(argument, ON);
            return at == 0 && setsReply;
        }
        return !keyless && at < sent.keyAt;
    }

    private boolean streamArgument(byte[] argument, KeyPatterns patterns) {
        if (streams) {
            pattern = patterns.of(argument);
            return false;
        }
        blocking |= is(argument, BLOCK);
        streams = is(argument, STREAMS);
        return true;
    }

    private boolean rangeArgument(byte[] argument, int at) {
        if (at == 1) {
            fullRange = is(argument, ZERO);
        } else if (at == 2) {
            fullRange &= is(argument, MINUS_ONE);
        } else if (at > 2) {
            fullRange &= is(argument, WITHSCORES) || is(argument, REV);
        }
        return at == 0 || fullRange;
    }

    int facts() {
        return Pending.withArguments(arguments)
                | (fullRange && arguments > 2 ? Pending.FULL_RANGE : 0)
                | (blocking ? Pending.BLOCKING : 0);
    }

    private static boolean is(byte[] argument, byte[] word) {
        if (argument.length != word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (RedisCommand.upper(argument[i]) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
