package dev.headroom.core.hook.redis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Commands in the order they were sent, each with what its reply's reading needs. A ring that grows to {@link #MAX} and shrinks
 * when it is empty; what comes beyond is only counted, so that later replies still meet their own commands. One thread at a time.
 */
final class Pending {
    static final int MAX = 1 << 16;
    private static final int SMALL = 16;
    private static final int KEPT = 1024;

    private static final int ARGUMENTS = 0xFFFF;
    static final int FULL_RANGE = 1 << 16;
    static final int BLOCKING = 1 << 17;
    static final int TRANSACTION = 1 << 18;
    static final int QUEUED = 1 << 19;
    static final int BATCHED = 1 << 20;
    static final int LAST_OF_BATCH = 1 << 21;

    private @Nullable CommandSeries[] commands = new CommandSeries[SMALL];
    private int[] facts = new int[SMALL];
    private int oldest;
    private int size;
    private int surplus;

    /** @return false when the command is only counted */
    boolean add(CommandSeries command, int itsFacts) {
        if (surplus > 0 || (size == commands.length && !grow())) {
            surplus++;
            return false;
        }
        int at = (oldest + size) & (commands.length - 1);
        commands[at] = command;
        facts[at] = itsFacts;
        size++;
        return true;
    }

    private boolean grow() {
        if (size == MAX) {
            return false;
        }
        @Nullable CommandSeries[] more = new CommandSeries[size * 2];
        int[] moreFacts = new int[size * 2];
        for (int i = 0; i < size; i++) {
            int at = (oldest + i) & (commands.length - 1);
            more[i] = commands[at];
            moreFacts[i] = facts[at];
        }
        commands = more;
        facts = moreFacts;
        oldest = 0;
        return true;
    }

    boolean isEmpty() {
        return size == 0 && surplus == 0;
    }

    /** The oldest; null when it was only counted. */
    @Nullable
    CommandSeries series() {
        return size == 0 ? null : commands[oldest];
    }

    /** What is known about the oldest. */
    int facts() {
        return size == 0 ? 0 : facts[oldest];
    }

    void remove() {
        if (size == 0) {
            surplus = Math.max(0, surplus - 1);
        } else {
            commands[oldest] = null;
            oldest = (oldest + 1) & (commands.length - 1);
            size--;
        }
        if (size == 0 && commands.length > KEPT) {
            commands = new CommandSeries[SMALL];
            facts = new int[SMALL];
            oldest = 0;
        }
    }

    void clear() {
        if (!isEmpty()) {
            Arrays.fill(commands, null);
            size = 0;
            surplus = 0;
        }
    }

    static int withArguments(int arguments) {
        return Math.min(arguments, ARGUMENTS);
    }

    static int arguments(int facts) {
        return facts & ARGUMENTS;
    }

    static boolean fullRange(int facts) {
        return (facts & FULL_RANGE) != 0;
    }
}
