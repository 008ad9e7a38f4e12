package dev.headroom.core.hook.redis;

import org.jspecify.annotations.Nullable;

/**
 * Reads a command as it stands on the wire: an array of bulk strings, or the beginning of one. Stateless.
 */
final class RespRequest {
    private RespRequest() {}

    /**
     * Takes the command and its arguments as far as they matter.
     *
     * @param from where it begins
     * @param to where what is there ends; the command may be longer
     * @return the command, or null when this is none
     */
    static @Nullable RedisCommand read(byte[] bytes, int from, int to, Sending<?> sending, CommandShapes shapes) {
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
            if (size < 0 || at > to || (cut && to - at < KeyPatterns.MAX_BYTES)) {
                break;
            }
            asking = sending.argument(bytes, at, cut ? to : at + size, shapes.patterns);
        }
        sending.arguments(words - 1);
        return command;
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
