package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** The probes of a Redis client that answers in order on each connection. Thread-safe. */
final class RedisCalls {
    private static final int MAX_CONNECTIONS = 10_000;

    private final Recorder recorder;
    private final CommandShapes shapes;
    private final WeakIdentityMap<Conversation> conversations = new WeakIdentityMap<>(MAX_CONNECTIONS);

    /** On the sending method: enter with the connection and the command, then once for each argument while it asks for more. */
    final Probe sent = new Sent();

    /** On the method that reads one raw reply. */
    final Probe reply = new Reply();

    /** On the method that closes the connection. */
    final Probe forget = new Forget();

    RedisCalls(Recorder recorder) {
        this.recorder = recorder;
        this.shapes = new CommandShapes(recorder);
        recorder.gauges(sink -> conversations.purge());
    }

    /** Forgets what waits for replies: nobody may be there to see them come. */
    void forgetAll() {
        conversations.clear();
    }

    /** Connections known, for tests. */
    int connections() {
        return conversations.size();
    }

    private final class Sent extends Probe {
        /**
         * @param self the connection, or the token of a command whose next argument this is
         * @param a the command as bytes or as its name, or an argument
         * @param b all arguments, or null when they follow one by one
         */
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self instanceof Sending) {
                return a instanceof byte[] && ((Sending<?>) self).argument((byte[]) a, shapes.patterns) ? self : null;
            }
            if (self == null || a == null) {
                return null;
            }
            RedisCommand command =
                    a instanceof byte[] ? shapes.commands.named((byte[]) a) : shapes.commands.named((String) a);
            Conversation conversation = conversations.get(self);
            if (conversation == null) {
                conversation = conversations.putIfAbsent(self, new Conversation(recorder, shapes.roundTrips));
            }
            Sending<Conversation> sending = conversation == null ? null : conversation.begin(command);
            if (sending != null && b instanceof byte[][]) {
                for (byte[] argument : (byte[][]) b) {
                    if (!sending.argument(argument, shapes.patterns)) {
                        break;
                    }
                }
            }
            return sending;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Sending<Conversation> sending = (Sending<Conversation>) token;
            RedisCommand command = sending.command;
            if (command != null) {
                sending.connection.sent(sending, shapes.series(command, sending.pattern), thrown);
            }
        }
    }

    private final class Reply extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Conversation conversation = self == null ? null : conversations.get(self);
            return conversation != null && conversation.listens() ? conversation : null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Conversation) token).reply(result, thrown);
        }
    }

    private final class Forget extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Conversation conversation = self == null ? null : conversations.get(self);
            if (conversation != null) {
                conversation.forget();
            }
            return null;
        }
    }
}
