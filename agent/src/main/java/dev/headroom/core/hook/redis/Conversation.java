package dev.headroom.core.hook.redis;

import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis: the commands sent and not yet answered, oldest first. Replies come in order, so the oldest is always
 * the one answered. Used by one thread at a time, like the connection itself.
 *
 * <p>A stretch from the first command sent until nothing is unanswered is an exchange. An exchange of one command is a plain
 * call and is timed. One of several is a pipeline: one round trip, timed from the last command sent before the first reply was
 * read, and its commands are counted without a duration. A transaction is one round trip too, the sum of the waits of its
 * exchanges; what the application does between them is not Redis' time.
 */
final class Conversation {
    private static final String UNANSWERED = "unanswered";

    private final WeakReference<Object> connection;
    private final Recorder recorder;
    private final RoundTrips roundTrips;
    private final Sending<Conversation>[] sending;
    private int sendings;

    private CallStack reader = CallStack.current();
    private boolean redirecting;
    private final Answer answer = new Answer();
    private final Pending unanswered = new Pending();
    private final Pending queued = new Pending();
    private int sentInExchange;
    private boolean replied;
    private boolean plainInExchange;
    private long roundStartNanos;
    /** Of the value that the command sent last writes; negative for none. */
    private int writtenBytes;

    private volatile boolean subscribed;
    private boolean deaf;

    private boolean inTransaction;
    private boolean mixedTransaction;
    private boolean transactionInExchange;
    private int transactionsOpen;
    private int transactionsEnded;
    private long transactionNanos;
    private @Nullable String transactionError;

    Conversation(Object connection, Recorder recorder, RoundTrips roundTrips) {
        this.connection = new WeakReference<>(connection);
        this.recorder = recorder;
        this.roundTrips = roundTrips;
        // A first command may open the connection and so send others before itself.
        this.sending = Sending.of(this, 3);
    }

    /** Whether it is this connection's. */
    boolean isOn(Object other) {
        return connection.get() == other;
    }

    /** A command begins to be sent; null when sends are nested beyond reason. */
    @Nullable
    Sending<Conversation> begin() {
        if (sendings == sending.length) {
            return null;
        }
        Sending<Conversation> begun = sending[sendings++];
        begun.begin(recorder.nanos());
        return begun;
    }

    /** What began to be sent last is not being sent any more. */
    void ended() {
        sendings = Math.max(0, sendings - 1);
    }

    /** The command, which {@link #ended}, was written, or failed to be. */
    void sent(Sending<Conversation> command, CommandSeries series, @Nullable Throwable thrown) {
        if (thrown != null) {
            String error = RedisReply.errorType(thrown);
            series.timed(Clock.elapsed(command.startNanos, recorder.nanos()), error);
            forget(error);
            return;
        }
        RedisCommand.Role role = series.command.role;
        if (deaf || subscribed || role == RedisCommand.Role.SUBSCRIBE || role == RedisCommand.Role.MONITOR) {
            series.untimed(null);
            subscribed |= role == RedisCommand.Role.SUBSCRIBE;
            deaf |= role == RedisCommand.Role.MONITOR;
            return;
        }
        if (role == RedisCommand.Role.CLIENT && command.silencesReplies) {
            series.untimed(null);
            deaf = true;
            return;
        }
        int facts = command.facts();
        if (role == RedisCommand.Role.MULTI) {
            inTransaction = true;
            transactionsOpen++;
            facts |= Pending.TRANSACTION;
        } else if (role == RedisCommand.Role.EXEC || role == RedisCommand.Role.DISCARD) {
            inTransaction = false;
            facts |= Pending.TRANSACTION;
        } else if (inTransaction) {
            facts |= Pending.TRANSACTION | Pending.QUEUED;
        }
        if ((facts & Pending.TRANSACTION) != 0) {
            transactionInExchange = true;
        } else {
            plainInExchange = true;
        }
        sentInExchange++;
        writtenBytes = command.valueBytes;
        if (!replied) {
            roundStartNanos = command.startNanos;
        }
        if (!unanswered.add(series, facts)) {
            series.untimed(null);
        }
    }

    /**
     * Whether a reply that comes now is of interest.
     *
     * @param stack of the thread that reads it
     * @param follows whether a command that another node has is sent there, so that its call is not over
     */
    boolean listens(CallStack stack, boolean follows) {
        reader = stack;
        redirecting = follows;
        return subscribed || !unanswered.isEmpty();
    }

    /** A reply was read, or reading failed. */
    void reply(@Nullable Object result, @Nullable Throwable thrown) {
        if (subscribed) {
            subscribed = !RedisReply.endsSubscriptions(result);
            return;
        }
        if (unanswered.isEmpty()) {
            return;
        }
        if (thrown != null && !RedisReply.isError(thrown)) {
            fail(RedisReply.errorType(thrown));
            return;
        }
        replied = true;
        String error = thrown == null ? null : RedisReply.errorType(thrown);
        CommandSeries series = unanswered.series();
        int facts = unanswered.facts();
        unanswered.remove();
        boolean last = unanswered.isEmpty();
        long now = last ? recorder.nanos() : 0;
        if (series != null) {
            RequestScope request = reader.request();
            if ((facts & Pending.TRANSACTION) != 0) {
                transactional(series, facts, result, error, request);
            } else {
                long found = error == null ? lookups(series, facts, result, request) : 0;
                boolean elsewhere = error != null && redirecting && RedisReply.isRedirection(error);
                request.redisCommands(1);
                if (sentInExchange > 1 || elsewhere) {
                    series.untimed(error);
                } else if ((facts & Pending.BLOCKING) != 0) {
                    series.waited(Clock.elapsed(roundStartNanos, now), error);
                } else {
                    long nanos = Clock.elapsed(roundStartNanos, now);
                    series.timed(nanos, error);
                    long bytes = error == null ? series.bytes(answer, writtenBytes) : -1;
                    series.called(reader, roundStartNanos, nanos, bytes, found, error);
                }
            }
        }
        if (last) {
            endExchange(now);
        }
    }

    private void transactional(
            CommandSeries series, int facts, @Nullable Object result, @Nullable String error, RequestScope request) {
        switch (series.command.role) {
            case MULTI:
                request.redisCommands(1);
                if (error != null) {
                    inTransaction = false;
                    transactionEnds(error);
                }
                break;
            case EXEC:
                request.redisCommands(1);
                series.untimed(error);
                executed(result, request);
                transactionEnds(error);
                break;
            case DISCARD:
                request.redisCommands(1);
                series.untimed(error);
                transactionEnds(error);
                break;
            default:
                if (error == null && RedisReply.isQueued(result)) {
                    if (!queued.add(series, facts)) {
                        series.untimed(null);
                    }
                } else {
                    request.redisCommands(1);
                    if (error == null) {
                        lookups(series, facts, result, request);
                    }
                    series.untimed(error);
                }
        }
    }

    /** Pairs the elements of the reply with what was queued; a nil reply means that a watched key changed: nothing ran. */
    private void executed(@Nullable Object result, RequestScope request) {
        if (!(result instanceof List)) {
            return;
        }
        List<?> elements = (List<?>) result;
        for (int i = 0; i < elements.size() && !queued.isEmpty(); i++) {
            Object element = elements.get(i);
            CommandSeries series = queued.series();
            int facts = queued.facts();
            queued.remove();
            if (series == null) {
                continue;
            }
            request.redisCommands(1);
            if (element instanceof Throwable) {
                series.untimed(RedisReply.errorType((Throwable) element));
            } else {
                lookups(series, facts, element, request);
                series.untimed(null);
            }
        }
    }

    private long lookups(CommandSeries series, int facts, @Nullable Object reply, RequestScope request) {
        answer.read(reply);
        long found = series.lookups(answer, Pending.arguments(facts), Pending.fullRange(facts));
        Answer.tell(found, request);
        return found;
    }

    private void transactionEnds(@Nullable String error) {
        transactionsEnded++;
        transactionError = error;
        queued.clear();
    }

    private void endExchange(long now) {
        reader.waited(CallStack.Kind.REDIS, roundStartNanos);
        long wait = Clock.elapsed(roundStartNanos, now);
        if (!transactionInExchange) {
            if (sentInExchange > 1) {
                roundTrips.pipeline(reader, roundStartNanos, wait, null);
            }
        } else {
            mixedTransaction |= plainInExchange || transactionsEnded > 1;
            if (mixedTransaction) {
                roundTrips.pipeline(reader, roundStartNanos, wait, null);
            } else {
                transactionNanos = Clock.sum(transactionNanos, wait);
            }
            if (transactionsEnded > 0) {
                if (mixedTransaction) {
                    roundTrips.multiUntimed(transactionsEnded);
                } else {
                    roundTrips.multi(reader, now, transactionNanos, transactionError);
                }
                transactionsOpen = Math.max(0, transactionsOpen - transactionsEnded);
                transactionNanos = 0;
                mixedTransaction = false;
                transactionsEnded = 0;
                transactionError = null;
            }
        }
        sentInExchange = 0;
        replied = false;
        plainInExchange = false;
        transactionInExchange = false;
    }

    /** The connection broke while replies were awaited. */
    private void fail(String error) {
        long now = recorder.nanos();
        reader.waited(CallStack.Kind.REDIS, roundStartNanos);
        CommandSeries first = unanswered.series();
        if (transactionInExchange && !plainInExchange) {
            transactionNanos = Clock.sum(transactionNanos, Clock.elapsed(roundStartNanos, now));
        } else if (sentInExchange > 1 || first == null) {
            roundTrips.pipeline(reader, roundStartNanos, Clock.elapsed(roundStartNanos, now), error);
        } else if ((unanswered.facts() & Pending.BLOCKING) != 0) {
            unanswered.remove();
            first.waited(Clock.elapsed(roundStartNanos, now), error);
        } else {
            unanswered.remove();
            long nanos = Clock.elapsed(roundStartNanos, now);
            first.timed(nanos, error);
            first.called(reader, roundStartNanos, nanos, -1, 0, error);
        }
        forget(error);
    }

    /** The connection is closed: whatever waits for a reply will get none. */
    void forget() {
        forget(UNANSWERED);
    }

    private void forget(String error) {
        while (!unanswered.isEmpty()) {
            CommandSeries series = unanswered.series();
            unanswered.remove();
            if (series != null && series.command.role != RedisCommand.Role.MULTI) {
                series.untimed(error);
            }
        }
        for (; transactionsOpen > 0; transactionsOpen--) {
            roundTrips.multi(transactionNanos, error);
        }
        queued.clear();
        sentInExchange = 0;
        replied = false;
        plainInExchange = false;
        transactionInExchange = false;
        inTransaction = false;
        mixedTransaction = false;
        transactionsEnded = 0;
        transactionNanos = 0;
        transactionError = null;
        subscribed = false;
        deaf = false;
    }
}
