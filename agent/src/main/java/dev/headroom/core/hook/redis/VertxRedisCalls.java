package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The probes of Vert.x' Redis client. Thread-safe. */
final class VertxRedisCalls {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_ASKED = 20_000;
    private static final int MAX_NAMES = 1_000;

    private final Recorder recorder;
    private final CommandShapes shapes;
    private final RecentLookups recent = new RecentLookups();
    private final WeakIdentityMap<VertxRedisConnection> connections = new WeakIdentityMap<>(MAX_CONNECTIONS);

    /** By what a request asked for, until its connection's thread takes it. */
    private final WeakIdentityMap<RequestScope> askers = new WeakIdentityMap<>(MAX_ASKED);

    /** By the library's spelling. */
    private final ConcurrentHashMap<String, RedisCommand> names = new ConcurrentHashMap<>();

    private final PerThread<Work> threads = new PerThread<Work>() {
        @Override
        protected Work initial() {
            return new Work();
        }
    };

    /** On the asking thread: enter with the connection and the request or the list of them. */
    final Probe asked = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object request, @Nullable Object b) {
            RequestScope account = CallStack.current().request().elsewhere();
            if (account != null && request != null) {
                askers.put(request, account);
            }
            return null;
        }
    };

    /** On the connection's thread: enter with the connection and the request that it sends until the exit. */
    final Probe sent = new Sent(false);

    /** The same with a list of requests. */
    final Probe batched = new Sent(true);

    /** Enter with the request that is encoded, its command's name and arguments. */
    final Probe encoded = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object request, @Nullable Object name, @Nullable Object arguments) {
            Work work = threads.get();
            VertxRedisConnection connection = work.sending;
            if (connection != null && request != null && name != null && arguments != null) {
                Sending<?> sending = connection.shared.sending;
                sending.begin(recorder.nanos());
                RedisCommand command = named((String) name);
                sending.command(command);
                List<?> words = (List<?>) arguments;
                boolean asking = true;
                for (int i = 0; i < words.size() && asking; i++) {
                    asking = sending.argument((byte[]) words.get(i), shapes.patterns);
                }
                sending.arguments(words.size());
                sending.asker = work.asker;
                connection.shared.sent(command, System.identityHashCode(request));
            }
            return null;
        }
    };

    /** Enter with the connection and the reply that it hands on until the exit. */
    final Probe replied = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object reply, @Nullable Object b) {
            Work work = threads.get();
            work.answering = connection == null ? null : connections.get(connection);
            work.reply = reply;
            return work;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Work) token).answering = null;
            ((Work) token).reply = null;
        }
    };

    /** Exit with what waits for the reply that the thread hands on, if anything does. */
    final Probe taken = new Probe() {
        @Override
        public void exit(Object queue, @Nullable Object waiting, @Nullable Throwable thrown) {
            Work work = threads.get();
            VertxRedisConnection connection = work.answering;
            if (connection != null && waiting != null) {
                Object reply = work.reply;
                work.answering = null;
                work.reply = null;
                connection.answered(reply);
            }
        }
    };

    /** Enter with the connection whose commands get no reply any more. */
    final Probe closed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object a, @Nullable Object b) {
            VertxRedisConnection connection = itself == null ? null : connections.remove(itself);
            if (connection != null) {
                connection.shared.forget();
            }
            return null;
        }
    };

    VertxRedisCalls(Recorder recorder) {
        this.recorder = recorder;
        this.shapes = new CommandShapes(recorder);
        recorder.gauges(sink -> {
            connections.purge();
            askers.purge();
        });
    }

    /** Forgets what waits for replies: nobody may be there to see them come. */
    void forgetAll() {
        connections.clear();
        askers.clear();
    }

    private RedisCommand named(String name) {
        RedisCommand known = names.get(name);
        if (known == null) {
            known = shapes.commands.named(name.toUpperCase(Locale.ROOT));
            if (names.size() < MAX_NAMES) {
                names.put(name, known);
            }
        }
        return known;
    }

    private @Nullable VertxRedisConnection at(Object itself) {
        VertxRedisConnection known = connections.get(itself);
        return known != null
                ? known
                : connections.putIfAbsent(
                        itself, new VertxRedisConnection(new SharedConnection(recorder, shapes, recent, null, null)));
    }

    private final class Sent extends Probe {
        private final boolean several;

        Sent(boolean several) {
            this.several = several;
        }

        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object request, @Nullable Object b) {
            VertxRedisConnection connection = itself == null ? null : at(itself);
            if (connection == null) {
                return null;
            }
            Work work = threads.get();
            work.sending = connection;
            work.asker = request == null || askers.isEmpty() ? null : askers.remove(request);
            if (several) {
                connection.shared.beginBatch();
            }
            return work;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Work work = (Work) token;
            VertxRedisConnection connection = work.sending;
            work.sending = null;
            work.asker = null;
            if (several && connection != null) {
                connection.shared.endBatch();
            }
        }
    }

    /** What one thread does. */
    private static final class Work {
        @Nullable
        VertxRedisConnection sending;

        @Nullable
        RequestScope asker;

        @Nullable
        VertxRedisConnection answering;

        @Nullable
        Object reply;
    }
}
