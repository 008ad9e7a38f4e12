package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** The probes of a Redis client that answers in order on each connection. Thread-safe. */
final class RedisCalls {
    private static final int MAX_CONNECTIONS = 10_000;

    private final Recorder recorder;
    private final CommandShapes shapes;
    private final WeakIdentityMap<Conversation> conversations = new WeakIdentityMap<>(MAX_CONNECTIONS);

    private final PerThread<JedisThread> threads = new PerThread<JedisThread>() {
        @Override
        protected JedisThread initial() {
            return new JedisThread();
        }
    };

    /** Changes when every conversation is forgotten; written by the thread that turns the switches. */
    private volatile Object generation = new Object();

    /** On the sending method: enter with the connection and the command, or with the object that holds its words. */
    final Probe sent = new Sent();

    /** On what reads the words for the wire: enter without any asks whether they are wanted, then once for each while they are. */
    final Probe words = new Words();

    /** On the method that reads one raw reply. */
    final Probe reply = new Reply();

    /**
     * On a connection with a cache of its own: enter with it, then at the end with the token; a second token means that the cache
     * answered, and waits for the words.
     */
    final Probe cached = new Cached();

    /** On calls within which the library follows redirections. */
    final Probe redirecting = new Redirecting();

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
        generation = new Object();
    }

    /** Connections known, for tests. */
    int connections() {
        return conversations.size();
    }

    /** The connection's conversation, or null when it has none yet. A thread asks for the same one again and again. */
    private @Nullable Conversation conversation(JedisThread thread, Object connection) {
        Conversation last = thread.conversation;
        if (last != null && thread.generation == generation && last.isOn(connection)) {
            return last;
        }
        Conversation known = conversations.get(connection);
        thread.conversation = known;
        thread.generation = generation;
        return known;
    }

    /** What one thread is sending, innermost, and where it sent last. */
    private static final class JedisThread {
        final CallStack stack = CallStack.current();

        @Nullable
        Sending<?> sending;

        @Nullable
        Conversation conversation;

        @Nullable
        Object generation;

        /** Commands sent, and how many when a connection with a cache was asked last. */
        int sent;

        int sentBefore;

        /** Takes the words of what a cache answered. */
        final Sending<JedisThread> local = new Sending<>(this);

        final Answer answer = new Answer();

        /** Calls open within which redirections are followed. */
        int redirecting;
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
            JedisThread thread = threads.get();
            thread.sent++;
            Conversation conversation = conversation(thread, self);
            if (conversation == null) {
                conversation = conversations.putIfAbsent(self, new Conversation(self, recorder, shapes.roundTrips));
            }
            Sending<Conversation> sending = conversation == null ? null : conversation.begin();
            if (sending == null) {
                return null;
            }
            try {
                if (b instanceof byte[][]) {
                    command(sending, a, (byte[][]) b);
                } else {
                    sending.outer = thread.sending;
                    sending.tellsWords = true;
                    thread.sending = sending;
                }
            } catch (Throwable failure) {
                sending.connection.ended(); // No exit will come, and a connection has room for few that began.
                throw failure;
            }
            return sending;
        }

        private void command(Sending<Conversation> sending, Object name, byte[][] arguments) {
            sending.command(
                    name instanceof byte[]
                            ? shapes.commands.named((byte[]) name)
                            : shapes.commands.named((String) name));
            for (byte[] argument : arguments) {
                if (!sending.argument(argument, shapes.patterns)) {
                    break;
                }
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Sending<Conversation> sending = (Sending<Conversation>) token;
            sending.connection.ended(); // first, whatever fails below
            if (sending.tellsWords) {
                JedisThread thread = threads.get();
                sending.tellsWords = false;
                if (thread.sending == sending) {
                    thread.sending = sending.outer;
                    sending.outer = null;
                }
            }
            RedisCommand command = sending.command;
            if (command != null) {
                if (thrown == null) {
                    shapes.writes(sending);
                }
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
            if (self == null) {
                return null;
            }
            JedisThread thread = threads.get();
            Conversation conversation = conversation(thread, self);
            return conversation != null && conversation.listens(thread.stack, thread.redirecting > 0)
                    ? conversation
                    : null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Conversation) token).reply(result, thrown);
        }
    }

    private final class Cached extends Probe {
        /** @param asked the token, when the call is over */
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object asked, @Nullable Object b) {
            JedisThread thread = threads.get();
            if (asked == null) {
                thread.sentBefore = thread.sent;
                return thread;
            }
            if (thread.sent != thread.sentBefore) {
                return null;
            }
            thread.local.begin(0);
            thread.local.outer = thread.sending;
            thread.sending = thread.local;
            return thread.local;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            JedisThread thread = threads.get();
            Sending<JedisThread> local = thread.local;
            thread.sending = local.outer;
            local.outer = null;
            RedisCommand command = local.command;
            if (command != null) {
                int facts = local.facts();
                thread.answer.read(result);
                long found = shapes.series(command, local.pattern)
                        .lookups(thread.answer, Pending.arguments(facts), Pending.fullRange(facts));
                Answer.tell(found, thread.stack.request());
            }
        }
    }

    private final class Redirecting extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            JedisThread thread = threads.get();
            thread.redirecting++;
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((JedisThread) token).redirecting--;
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
