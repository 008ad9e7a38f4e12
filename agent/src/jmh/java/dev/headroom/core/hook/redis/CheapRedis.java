package dev.headroom.core.hook.redis;

import java.util.function.IntSupplier;

/** A connection to Redis that neither sends nor reads. */
public final class CheapRedis implements IntSupplier {
    private static final byte[] GET = {'G', 'E', 'T'};

    private final byte[][] words = {{'u', 's', 'e', 'r', ':', '1', '2', '3', '4'}};
    private final byte[] value = {'x'};
    private int sent;

    void send(byte[] command, byte[][] arguments) {
        sent += command.length + arguments.length;
    }

    Object read() {
        return value;
    }

    @Override
    public int getAsInt() {
        send(GET, words);
        return sent + (read() == null ? 1 : 0);
    }
}
