package dev.headroom.core.hook.redis;

import org.jspecify.annotations.Nullable;

/**
 * Reads a command as it stands on the wire: an array of bulk strings, or the beginning of one. Stateless.
 */
final class RespRequest {
    private RespRequest() {}

    /**
     * Begins the command and takes its arguments as far as they matter.
     *
     * @param length of what is there; the command may be longer
     * @return the command, or null when this is none
     */
    static @Nullable RedisCommand read(
            byte[] bytes, int length, Sending<?> sending, CommandShapes shapes, long nowNanos) {
        int words = number(bytes, 0, length, (byte) '*');
        int at = line(bytes, 0, length);
        int size = number(bytes, at, length, (byte) '$');
        at = line(bytes, at, length);
        if (words < 1 || size < 1 || at + size > length) {
            return null;
        }
        RedisCommand command = shapes.commands.named(bytes, at, at + size);
        sending.begin(command, nowNanos);
        boolean asking = true;
        for (int i = 1; i < words && asking; i++) {
            at += size + 2;
            size = number(bytes, at, length, (byte) '$');
            at = line(bytes, at, length);
            boolean cut = at + size > length;
            if (size < 0 || at > length || (cut && length - at < KeyPatterns.MAX_BYTES)) {
                break;
            }
            asking = sending.argument(bytes, at, cut ? length : at + size, shapes.patterns);
        }
        sending.arguments(words - 1);
        return command;
    }

    /** The number after this mark, or -1. */
    private static int number(byte[] bytes, int from, int length, byte mark) {
        if (from >= length || bytes[from] != mark) {
            return -1;
        }
        int number = 0;
        for (int i = from + 1; i < length && bytes[i] != '\r'; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    /** Where the next line begins. */
    private static int line(byte[] bytes, int from, int length) {
        int i = from;
        while (i < length && bytes[i] != '\n') {
            i++;
        }
        return i + 1;
    }
}
