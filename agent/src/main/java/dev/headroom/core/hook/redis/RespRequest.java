package dev.headroom.core.hook.redis;

import org.jspecify.annotations.Nullable;

/**
 * Reads a command as it stands on the wire: an array of bulk strings, or the beginning of one. Stateless.
 */
final class RespRequest {
    /** How much is kept of the end of a command that is too long to be kept whole. */
    static final int TAIL = 64;

    /** The place of the key among the words of commands that write entries. */
    private static final int KEY = 1;

    /** Options behind a value, with their own: {@code EX 60 NX GET}. */
    private static final int MAX_OPTIONS = 6;

    private RespRequest() {}

    /**
     * Takes the command and its arguments as far as they matter.
     *
     * @param from where it begins
     * @param end where what is there ends; the command may be longer
     * @param tailed whether the last {@link #TAIL} bytes are the command's last, and what stands before them is missing
     * @return the command, or null when this is none
     */
    static @Nullable RedisCommand read(
            byte[] bytes, int from, int end, boolean tailed, Sending<?> sending, CommandShapes shapes) {
        int to = tailed ? end - TAIL : end;
        int words = number(bytes, from, to, (byte) '*');
        int at = line(bytes, from, to);
        int size = number(bytes, at, to, (byte) '$');
        at = line(bytes, at, to);
        if (words < 1 || size < 1 || at + size > to) {
            return null;
        }
        RedisCommand command = shapes.commands.named(bytes, at, at + size);
        sending.command(command);
        boolean asking = true;
        for (int i = 1; i < words && asking; i++) {
            at += size + 2;
            size = number(bytes, at, to, (byte) '$');
            at = line(bytes, at, to);
            boolean cut = at + size > to;
            boolean missing = size < 0 || at > to || cut;
            if (missing && i > KEY && command.write != RedisCommand.Write.NONE) {
                if (size >= 0 && sending.expectsValue()) {
                    sending.valueBytes = size;
                }
                int options = words - 1 - KEY - 1;
                if (command.write == RedisCommand.Write.SET && options > 0) {
                    sending.options(tailed && options(bytes, to, end, options, sending));
                }
                break;
            }
            if (size < 0 || at > to || (cut && to - at < KeyPatterns.MAX_BYTES)) {
                break;
            }
            asking = sending.argument(bytes, at, cut ? to : at + size, shapes.patterns);
        }
        sending.arguments(words - 1);
        return command;
    }

    /** Takes the last words of the command; false when they are not all there. */
    private static boolean options(byte[] bytes, int from, int end, int number, Sending<?> sending) {
        int at = number > MAX_OPTIONS ? -1 : end;
        for (int i = 0; i < number && at > 0; i++) {
            at = wordBefore(bytes, from, at);
        }
        if (at < 0) {
            return false;
        }
        sending.optionsBegin();
        for (int i = 0; i < number; i++) {
            int size = number(bytes, at, end, (byte) '$');
            at = line(bytes, at, end);
            sending.option(bytes, at, at + size);
            at += size + 2;
        }
        return true;
    }

    /** Where the word that ends here begins, with its size; -1 where no such word ends. */
    private static int wordBefore(byte[] bytes, int from, int end) {
        for (int size = 0; end - size - 6 >= from && size < 100; size++) {
            int head = end - 2 - size - (size < 10 ? 4 : 5);
            if (head >= from
                    && bytes[head] == '$'
                    && number(bytes, head, end, (byte) '$') == size
                    && line(bytes, head, end) == end - 2 - size) {
                return head;
            }
        }
        return -1;
    }

    /** The number after this mark, or -1. */
    private static int number(byte[] bytes, int from, int to, byte mark) {
        if (from >= to || bytes[from] != mark) {
            return -1;
        }
        int number = 0;
        for (int i = from + 1; i < to && bytes[i] != '\r'; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    /** Where the next line begins. */
    private static int line(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i + 1;
    }
}
