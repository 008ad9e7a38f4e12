package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The probes of Redisson. A channel's commands are encoded and its replies decoded on one thread. Thread-safe; a command sent and
 * answered allocates nothing.
 */
final class RedissonCalls {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_KEEPING_ALIVE = 1024;

    private final Recorder recorder;
    private final CommandShapes shapes;
    private final RecentLookups recent = new RecentLookups();
    private final Askers askers;
    private final WeakIdentityMap<SharedConnection> connections = new WeakIdentityMap<>(MAX_CONNECTIONS);

    /** Identities of commands that ask whether a connection is alive, until they are encoded. */
    private final AtomicIntegerArray keepAlive = new AtomicIntegerArray(MAX_KEEPING_ALIVE);

    private final PerThread<RedissonThread> threads = new PerThread<RedissonThread>() {
        @Override
        protected RedissonThread initial() {
            return new RedissonThread();
        }
    };

    /** On the encoding of a command: enter, with channel and command, asks for a buffer, mark says how much of it was filled. */
    final Probe encoded = new Encoded();

    /** On the encoding of several commands for a channel. */
    final Probe batched = new Batched();

    /** On what gives a command's words to the encoder: enter with the command's promise. */
    final Probe promised = new Promised();

    /**
     * On the decoding of each value: enter, with channel, command and the list it belongs to, asks for a buffer, mark says how much of
     * it was filled.
     */
    final Probe decoded = new Decoded();

    /** On the closing of a channel. */
    final Probe closed = new Closed();

    /** On what asks a connection whether it is alive. */
    final Probe keepingAlive = new KeepingAlive();

    /** On what carries a command out, attempt by attempt, on the thread that asks for it and on others: enter with it. */
    final Probe executed = new Executed();

    /** On its sending, once there is a connection: enter with it. */
    final Probe sent = new Sent();

    /** On the sending of a command, or of several: enter with the command or with what holds them. */
    final Probe handedOver = new HandedOver();

    /** On the end of an attempt, by a reply or without one: enter with its promise. */
    final Probe attempted = new Attempted();

    /** On what gives keys a lifetime by a script, of which the wire says nothing: mark the keys with milliseconds. */
    final Probe expiring = new Expiring(false);

    /** The same, with the moment when they end. */
    final Probe expiringAt = new Expiring(true);

    RedissonCalls(Recorder recorder) {
        this.recorder = recorder;
        this.shapes = new CommandShapes(recorder);
        this.askers = new Askers(recorder);
        recorder.gauges(sink -> connections.purge());
    }

    /** Forgets what waits for replies: nobody may be there to see them come. */
    void forgetAll() {
        connections.clear();
    }

    private @Nullable SharedConnection at(Object channel) {
        SharedConnection known = connections.get(channel);
        return known != null
                ? known
                : connections.putIfAbsent(
                        channel, new SharedConnection(recorder, shapes, recent, null, SharedConnection.UNANSWERED));
    }

    private final class Expiring extends Probe {
        private final boolean untilMoment;

        Expiring(boolean untilMoment) {
            this.untilMoment = untilMoment;
        }

        @Override
        public void mark(@Nullable Object keys, long millis) {
            if (keys instanceof String[]) {
                long lifetime =
                        untilMoment ? Math.max(0, millis - recorder.clock().wallMillis()) : millis;
                for (String each : (String[]) keys) {
                    byte[] key = each.getBytes(StandardCharsets.UTF_8);
                    shapes.patterns.wanted(key, 0, key.length).writes(recorder).expires(lifetime);
                }
            }
        }
    }

    private final class Encoded extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object channel, @Nullable Object command, @Nullable Object b) {
            SharedConnection connection = channel == null ? null : at(channel);
            if (connection == null || command == null) {
                return null;
            }
            RedissonThread thread = threads.get();
            thread.encoding = connection;
            thread.promise = System.identityHashCode(command);
            connection.sending.begin(recorder.nanos());
            return thread.bytes;
        }

        @Override
        public void mark(@Nullable Object command, long length) {
            RedissonThread thread = threads.get();
            SharedConnection connection = thread.encoding;
            thread.encoding = null;
            if (connection == null) {
                return;
            }
            RedisCommand sent = RespRequest.read(
                    thread.bytes.array(),
                    RedissonThread.OWN,
                    RedissonThread.OWN + (int) Math.abs(length),
                    length < 0,
                    connection.sending,
                    shapes);
            int identity = System.identityHashCode(command);
            askers.take(identity, connection.sending);
            if (sent != null && !keepAlive.compareAndSet(identity & (MAX_KEEPING_ALIVE - 1), identity, 0)) {
                connection.sent(sent, identity, thread.promise);
            }
        }
    }

    private final class Batched extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object channel, @Nullable Object commands, @Nullable Object b) {
            SharedConnection connection = channel == null ? null : at(channel);
            if (connection != null) {
                connection.sending.begin(0);
                askers.take(System.identityHashCode(commands), connection.sending);
                connection.beginBatch();
            }
            return connection;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((SharedConnection) token).endBatch();
        }
    }

    private final class Promised extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object command, @Nullable Object promise, @Nullable Object b) {
            RedissonThread thread = threads.get();
            if (thread.encoding != null && promise != null) {
                thread.promise = System.identityHashCode(promise);
            }
            return null;
        }
    }

    private final class Decoded extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object channel, @Nullable Object command, @Nullable Object list) {
            RedissonThread thread = threads.get();
            if (list == null) {
                SharedConnection connection = channel == null ? null : connections.get(channel);
                if (connection != null) {
                    connection.reader.next();
                }
                thread.reading = connection;
                thread.answered = command == null ? 0 : System.identityHashCode(command);
                thread.pushed = false;
            }
            return thread.reading == null ? null : thread.bytes;
        }

        @Override
        public void mark(@Nullable Object channel, long length) {
            RedissonThread thread = threads.get();
            SharedConnection connection = thread.reading;
            if (connection == null || length <= 0) {
                return;
            }
            thread.pushed |= RespValue.read(
                    thread.bytes.array(), RedissonThread.OWN, RedissonThread.OWN + (int) length, connection.reader);
            if (!connection.reader.isComplete()) {
                return;
            }
            thread.reading = null;
            if (thread.pushed) {
                connection.reader.next();
            } else if (thread.answered == 0) {
                connection.answeredOldest();
            } else if (connection.answered(thread.answered)) {
                connection.settle(true); // Redisson follows where the reply points.
            }
        }
    }

    private final class Closed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object channel, @Nullable Object a, @Nullable Object b) {
            SharedConnection connection = channel == null ? null : connections.remove(channel);
            if (connection != null) {
                connection.forget();
            }
            return null;
        }
    }

    private final class KeepingAlive extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            RedissonThread thread = threads.get();
            thread.keepingAlive = true;
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((RedissonThread) token).keepingAlive = false;
        }
    }

    private final class HandedOver extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object command, @Nullable Object b) {
            if (command == null) {
                return null;
            }
            RedissonThread thread = threads.get();
            int identity = System.identityHashCode(command);
            RequestScope asker = thread.asker;
            if (thread.keepingAlive) {
                keepAlive.set(identity & (MAX_KEEPING_ALIVE - 1), identity);
            } else if (asker != null) {
                askers.put(identity, asker, thread.caller);
            }
            return null;
        }
    }

    private final class Executed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object executor, @Nullable Object a, @Nullable Object b) {
            if (executor != null) {
                askers.put(executor);
            }
            return null;
        }
    }

    private final class Sent extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object executor, @Nullable Object a, @Nullable Object b) {
            int identity = System.identityHashCode(executor);
            Sending<?> noted = threads.get().noted;
            noted.asker = null;
            askers.take(identity, noted);
            RequestScope asker = noted.asker;
            if (asker == null) {
                return null;
            }
            askers.put(identity, asker, noted.caller); // for another attempt
            RedissonThread thread = threads.get();
            thread.asker = asker;
            thread.caller = noted.caller;
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((RedissonThread) token).asker = null;
            ((RedissonThread) token).caller = null;
        }
    }

    private final class Attempted extends Probe {
        /** @param promise done; if without a reply, then its command is still under way here */
        @Override
        public @Nullable Object enter(@Nullable Object executor, @Nullable Object promise, @Nullable Object b) {
            String why = promise instanceof CompletableFuture ? failure((CompletableFuture<?>) promise) : null;
            if (why == null && executor != null) {
                askers.forget(System.identityHashCode(executor));
            } else if (why != null) {
                InFlight.Claimed claimed = threads.get().claimed;
                int identity = System.identityHashCode(promise);
                for (SharedConnection connection : connections.values()) {
                    if (connection.giveUp(identity, claimed, why)) {
                        break;
                    }
                }
            }
            return null;
        }

        /**
         * The class of the exception in place of a result; null for a result, and up to 3.16, where the future is completed after this.
         * Never waits: that future calls itself done before it is.
         */
        private @Nullable String failure(CompletableFuture<?> attempt) {
            if (!attempt.isCompletedExceptionally()) {
                return null;
            }
            try {
                Object ignored = attempt.getNow(null);
                return null;
            } catch (CompletionException wrapping) {
                Throwable cause = wrapping.getCause();
                return (cause == null ? wrapping : cause).getClass().getName();
            } catch (CancellationException cancelled) {
                return cancelled.getClass().getName();
            }
        }
    }
}
