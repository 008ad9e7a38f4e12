package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The probes of Lettuce. A handler writes and reads on its connection's own thread; between its begin and end, commands are
 * encoded and replies decoded for that connection. Thread-safe; a command sent and answered allocates nothing.
 */
final class LettuceCalls {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final String TIMED_OUT = "io.lettuce.core.RedisCommandTimeoutException";
    private static final String CANCELLED = "java.util.concurrent.CancellationException";

    private final Recorder recorder;
    private final CommandShapes shapes;
    private final RecentLookups recent = new RecentLookups();
    private final Askers askers;
    private final WeakIdentityMap<SharedConnection> connections = new WeakIdentityMap<>(MAX_CONNECTIONS);

    private final PerThread<LettuceThread> threads = new PerThread<LettuceThread>() {
        @Override
        protected LettuceThread initial() {
            return new LettuceThread();
        }
    };

    /** On the handler's writing and reading. */
    final Probe atWork = new AtWork();

    /** On the encoding of a command: enter asks for a buffer, mark says how much of it was filled. */
    final Probe encoded = new Encoded();

    /** On the decoder, for each string: 0 for nil, else its bytes and one; negative where these are not known. */
    final Probe value = new Decoded() {
        @Override
        void decoded(ReplyReader reader, long there) {
            if (there > 0) {
                reader.value((int) (there - 1));
            } else {
                reader.value(there == 0);
            }
        }
    };

    /** On the decoder, for each number and truth value. */
    final Probe number = new Decoded() {
        @Override
        void decoded(ReplyReader reader, long itself) {
            reader.number(itself);
        }
    };

    /** On the decoder, for each list: how many elements follow. */
    final Probe list = new Decoded() {
        @Override
        void decoded(ReplyReader reader, long size) {
            reader.list((int) size);
        }
    };

    /** On the decoder, for each error. */
    final Probe error = new Failed();

    /** On the end of a message that is no reply. */
    final Probe pushed = new Pushed();

    /** On the completion of a command by its reply. */
    final Probe answered = new Answered();

    /** On the thread that hands a command over to be sent: enter with the command. */
    final Probe asked = new Asked();

    /** On the writer that sends a command to the node that has its key. */
    final Probe routed = new Routed();

    /** On the cancelling of a command, or its failing without a reply. */
    final Probe givenUp = new GivenUp();

    /** On the waiting of a synchronous call. */
    final Probe awaited = new Awaited();

    /** On the handler that learns that its connection is closed. */
    final Probe closed = new Closed();

    LettuceCalls(Recorder recorder) {
        this.recorder = recorder;
        this.shapes = new CommandShapes(recorder);
        this.askers = new Askers(recorder);
        recorder.gauges(sink -> connections.purge());
    }

    /** Forgets what waits for replies: nobody may be there to see them come. */
    void forgetAll() {
        connections.clear();
    }

    private @Nullable SharedConnection at(Object handler) {
        SharedConnection known = connections.get(handler);
        return known != null
                ? known
                : connections.putIfAbsent(handler, new SharedConnection(recorder, shapes, recent, askers, null));
    }

    private final class AtWork extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object handler, @Nullable Object a, @Nullable Object b) {
            if (handler == null) {
                return null;
            }
            LettuceThread thread = threads.get();
            thread.begin(at(handler));
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((LettuceThread) token).end();
        }
    }

    private final class Encoded extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object command, @Nullable Object a, @Nullable Object b) {
            LettuceThread thread = threads.get();
            SharedConnection connection = thread.connection();
            if (connection == null) {
                return null;
            }
            connection.sending.begin(recorder.nanos());
            return thread.sent;
        }

        @Override
        public void mark(@Nullable Object command, long length) {
            LettuceThread thread = threads.get();
            SharedConnection connection = thread.connection();
            if (connection != null) {
                RedisCommand sent = RespRequest.read(
                        thread.sent.array(),
                        LettuceThread.OWN,
                        LettuceThread.OWN + (int) Math.abs(length),
                        length < 0,
                        connection.sending,
                        shapes);
                int identity = System.identityHashCode(command);
                askers.take(identity, connection.sending);
                if (sent != null) {
                    connection.sent(sent, identity);
                }
            }
        }
    }

    private abstract class Decoded extends Probe {
        abstract void decoded(ReplyReader reader, long what);

        @Override
        public void mark(@Nullable Object decoder, long what) {
            SharedConnection connection = threads.get().connection();
            if (connection != null) {
                decoded(connection.reader, what);
            }
        }
    }

    private final class Failed extends Probe {
        /** As far as an error's first word can reach. */
        private static final int LONGEST = 32;

        @Override
        public @Nullable Object enter(@Nullable Object decoder, @Nullable Object text, @Nullable Object b) {
            SharedConnection connection = threads.get().connection();
            if (connection != null) {
                connection.reader.error(text instanceof ByteBuffer ? beginning((ByteBuffer) text) : "ERR");
            }
            return null;
        }

        private String beginning(ByteBuffer text) {
            int length = Math.min(text.remaining(), LONGEST);
            StringBuilder beginning = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                beginning.append((char) (text.get(text.position() + i) & 0xFF));
            }
            return beginning.length() == 0 ? "ERR" : beginning.toString();
        }
    }

    private final class Pushed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object handler, @Nullable Object a, @Nullable Object b) {
            SharedConnection connection = threads.get().connection();
            if (connection != null) {
                connection.reader.next();
            }
            return null;
        }
    }

    private final class Answered extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object handler, @Nullable Object command, @Nullable Object b) {
            LettuceThread thread = threads.get();
            SharedConnection connection = thread.connection();
            if (connection == null || !connection.answered(System.identityHashCode(command))) {
                return null;
            }
            thread.deciding = true;
            thread.sentAgain = false;
            return connection;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            LettuceThread thread = threads.get();
            thread.deciding = false;
            ((SharedConnection) token).settle(thread.sentAgain);
        }
    }

    private final class Asked extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object command, @Nullable Object b) {
            if (command != null) {
                askers.put(command);
            }
            return null;
        }
    }

    private final class Routed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object writer, @Nullable Object a, @Nullable Object b) {
            LettuceThread thread = threads.get();
            thread.sentAgain |= thread.deciding;
            return null;
        }
    }

    private final class GivenUp extends Probe {
        /**
         * @param name of the command, as bytes
         * @param thrown why it failed, or null when it was cancelled
         */
        @Override
        public @Nullable Object enter(@Nullable Object command, @Nullable Object name, @Nullable Object thrown) {
            LettuceThread thread = threads.get();
            int identity = System.identityHashCode(command);
            boolean timedOut = thrown == null && thread.awaited == identity;
            String why = timedOut
                    ? TIMED_OUT
                    : thrown == null ? CANCELLED : thrown.getClass().getName();
            for (SharedConnection connection : connections.values()) {
                if (connection.giveUp(identity, thread.claimed, why)) {
                    return null;
                }
            }
            askers.forget(identity);
            if (name instanceof byte[] && (timedOut || thrown != null)) {
                CommandSeries series = shapes.series(shapes.commands.named((byte[]) name), null);
                if (timedOut) {
                    thread.unsent = series;
                } else {
                    series.untimed(why);
                }
            }
            return null;
        }
    }

    private final class Awaited extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object command, @Nullable Object b) {
            LettuceThread thread = threads.get();
            int identity = System.identityHashCode(command);
            if (identity == thread.awaited) {
                return null; // one way of waiting goes through the other
            }
            thread.awaited = identity;
            CallStack stack = CallStack.current();
            if (stack.request().active()) {
                recent.await(identity);
            }
            thread.waits = stack.transaction() != null;
            thread.waitsSince = thread.waits ? recorder.nanos() : 0;
            return thread;
        }

        /** @param nanos how long this thread waited in vain */
        @Override
        public void mark(@Nullable Object token, long nanos) {
            LettuceThread thread = threads.get();
            CommandSeries series = thread.unsent;
            thread.unsent = null;
            if (series != null) {
                series.timed(nanos, TIMED_OUT);
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            LettuceThread thread = (LettuceThread) token;
            CallStack stack = CallStack.current();
            if (thread.waits) {
                stack.waited(CallStack.Kind.REDIS, thread.waitsSince);
            }
            RequestScope request = stack.request();
            if (request.active()) {
                long found = recent.take(thread.awaited);
                Answer.tell(found, request);
                recent.calls.tell(thread.awaited, stack, found);
            }
            thread.awaited = 0;
        }
    }

    private final class Closed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object handler, @Nullable Object a, @Nullable Object b) {
            return handler == null ? null : connections.remove(handler);
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((SharedConnection) token).forget();
        }
    }
}
