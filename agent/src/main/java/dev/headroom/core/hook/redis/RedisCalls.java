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

    @SuppressWarnings("ThreadLocalUsage") // One hook for the life of the JVM; no statics that hold state.
    private final ThreadLocal<JedisThread> threads = new ThreadLocal<JedisThread>() {
        @Override
        protected JedisThread initialValue() {
            return new JedisThread();
        }
    };

    /** On the sending method: enter with the connection and the command, or with the object that holds its words. */
    final Probe sent = new Sent();

    /** On what reads the words for the wire: enter without any asks whether they are wanted, then once for each while they are. */
    final Probe words = new Words();

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

    /** What one thread is sending, innermost. */
    private static final class JedisThread {
        @Nullable
        Sending<?> sending;
    }

    private final class Sent extends Probe {
        /**
         * @param self the connection
         * @param a the command as bytes or as its name, or else what holds all the words
         * @param b all arguments, when a is the command
         */
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null || a == null) {
                return null;
            }
            Conversation conversation = conversations.get(self);
            if (conversation == null) {
                conversation = conversations.putIfAbsent(self, new Conversation(recorder, shapes.roundTrips));
            }
            Sending<Conversation> sending = conversation == null ? null : conversation.begin();
            if (sending == null) {
                return null;
            }
            if (b instanceof byte[][]) {
                sending.command(
                        a instanceof byte[] ? shapes.commands.named((byte[]) a) : shapes.commands.named((String) a));
                for (byte[] argument : (byte[][]) b) {
                    if (!sending.argument(argument, shapes.patterns)) {
                        break;
                    }
                }
            } else {
                JedisThread thread = threads.get();
                sending.outer = thread.sending;
                thread.sending = sending;
            }
            return sending;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Sending<Conversation> sending = (Sending<Conversation>) token;
            JedisThread thread = threads.get();
            if (thread.sending == sending) {
                thread.sending = sending.outer;
                sending.outer = null;
            }
            RedisCommand command = sending.command;
            if (command == null) {
                sending.connection.sentUnseen();
            } else {
                sending.connection.sent(sending, shapes.series(command, sending.pattern), thrown);
            }
        }
    }

    private final class Words extends Probe {
        /**
         * @param self what holds the words, or what asked for the one handed over now
         * @param word the command, then its arguments
         */
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object word, @Nullable Object b) {
            if (!(word instanceof byte[])) {
                Sending<?> sending = threads.get().sending;
                return sending == null || sending.command != null ? null : sending;
            }
            Sending<?> sending = (Sending<?>) self;
            if (sending == null) {
                return null;
            }
            if (sending.command == null) {
                sending.command(shapes.commands.named((byte[]) word));
                return sending;
            }
            return sending.argument((byte[]) word, shapes.patterns) ? sending : null;
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
