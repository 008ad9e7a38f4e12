package dev.headroom.core.hook.redis;

import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client that many threads share: every command is timed by itself, from its being written to the end of its
 * reply, however many are under way. Commands are known again by the identity of the library's object, for one that was written
 * in vain gets no reply.
 *
 * <p>A transaction is timed as the sum of the times in which one of its commands was under way. Used by the connection's own
 * thread, {@link #giveUp} by any.
 */
final class SharedConnection implements ReplyReader.Elements {
    static final String UNANSWERED = "unanswered";
    private static final String ASKING = "ASKING";

    final Sending<SharedConnection> sending = new Sending<>(this);
    final ReplyReader reader = new ReplyReader(this);
    private final Recorder recorder;
    private final CommandShapes shapes;
    private final RecentLookups recent;
    private final InFlight inFlight = new InFlight();
    private final @Nullable Askers askers;
    private final @Nullable String passedOver;
    private boolean deaf;

    private boolean inBatch;
    private int batchSize;
    private boolean asking;
    private long batchStartNanos;
    private @Nullable RequestScope batchAsker;
    private @Nullable String batchCaller;

    private final Pending queued = new Pending();
    private boolean inTransaction;
    private int transactionUnanswered;
    private long transactionBusySince;
    private long transactionNanos;

    private @Nullable CommandSeries redirected;
    private int redirectedIdentity;
    private long redirectedNanos;
    private String redirection = "";

    /**
     * @param askers where a command that a reply sends elsewhere is noted anew, if the library sends the same object again
     * @param passedOver the outcome of commands that the library answers no more, when a later one is answered; null: success
     */
    SharedConnection(
            Recorder recorder,
            CommandShapes shapes,
            RecentLookups recent,
            @Nullable Askers askers,
            @Nullable String passedOver) {
        this.recorder = recorder;
        this.askers = askers;
        this.shapes = shapes;
        this.recent = recent;
        this.passedOver = passedOver;
    }

    /** Commands sent until {@link #endBatch} are one round trip, unless it is only one, or they are a transaction. All are for one asker. */
    void beginBatch() {
        inBatch = true;
        batchAsker = sending.asker;
        batchCaller = sending.caller;
        batchSize = 0;
        asking = false;
        batchStartNanos = recorder.nanos();
    }

    void endBatch() {
        inBatch = false;
        batchAsker = null;
        batchCaller = null;
        boolean redirected = asking && batchSize == 2; // one call, sent where the key is on its way to
        if (batchSize == 1 || redirected) {
            inFlight.newest(0, Pending.BATCHED);
        } else if (batchSize > 1) {
            inFlight.newest(Pending.LAST_OF_BATCH, 0);
        }
    }

    /** The command described by {@link #sending} was put into the buffer that is about to be sent. */
    void sent(RedisCommand command, int identity) {
        sent(command, identity, identity);
    }

    /** @param promise by which the command is known to whoever gives it up */
    void sent(RedisCommand command, int identity, int promise) {
        shapes.writes(sending);
        if (batchAsker != null) {
            sending.asker = batchAsker;
            sending.caller = batchCaller;
        }
        CommandSeries series = shapes.series(command, sending.pattern);
        RedisCommand.Role role = command.role;
        deaf |= role == RedisCommand.Role.MONITOR || (role == RedisCommand.Role.CLIENT && sending.silencesReplies);
        deaf &= role != RedisCommand.Role.CLIENT || !sending.restoresReplies();
        if (deaf || role == RedisCommand.Role.SUBSCRIBE) {
            series.untimed(null);
            return;
        }
        int facts = sending.facts();
        if (role == RedisCommand.Role.MULTI) {
            inTransaction = true;
            facts |= Pending.TRANSACTION;
        } else if (role == RedisCommand.Role.EXEC || role == RedisCommand.Role.DISCARD) {
            inTransaction = false;
            facts |= Pending.TRANSACTION;
        } else if (inTransaction) {
            facts |= Pending.TRANSACTION | Pending.QUEUED;
        } else if (inBatch) {
            facts |= Pending.BATCHED;
            asking |= batchSize++ == 0 && command.is(ASKING);
        }
        long startNanos = (facts & Pending.BATCHED) != 0 ? batchStartNanos : sending.startNanos;
        if (!inFlight.add(identity, promise, series, facts, startNanos, sending)) {
            series.untimed(null);
        } else if ((facts & Pending.TRANSACTION) != 0 && transactionUnanswered++ == 0) {
            transactionBusySince = sending.startNanos;
        }
    }

    /**
     * The library finds the reply to this command complete.
     *
     * @return whether the reply sends the command elsewhere; {@link #settle} then follows
     */
    boolean answered(int identity) {
        int before = inFlight.position(identity);
        if (before < 0) {
            reader.next();
            return false;
        }
        for (; before > 0; before--) {
            drop(passedOver);
        }
        long now = recorder.nanos();
        CommandSeries series = inFlight.series();
        int facts = inFlight.facts();
        long nanos = Clock.elapsed(inFlight.startNanos(), now);
        int written = inFlight.writtenBytes();
        RequestScope asker = inFlight.asker();
        String caller = inFlight.caller();
        boolean ours = inFlight.remove();
        String error = reader.error().isEmpty() ? null : RedisReply.errorType(reader.error());
        if ((facts & Pending.TRANSACTION) != 0) {
            transactional(series, facts, error, ours, now, asker, caller);
        } else if (ours && error != null && RedisReply.isRedirection(error)) {
            if (asker != null && askers != null) {
                askers.put(identity, asker, caller);
            }
            redirected = series;
            redirectedIdentity = identity;
            redirectedNanos = nanos;
            redirection = error;
        } else if (ours) {
            long found = lookups(series, facts, reader.answer(), error);
            record(series, facts, nanos, error);
            boolean call = (facts & (Pending.BATCHED | Pending.BLOCKING)) == 0;
            long bytes = error == null ? series.bytes(reader.answer(), written) : -1;
            if (asker != null && !recent.isAwaited(identity)) {
                asker.redisCommands(1);
                Answer.tell(found, asker);
                series.called(asker, now - nanos, call ? nanos : Clock.UNTIMED, bytes, found, error, caller);
            } else {
                recent.put(identity, found);
                if (call) {
                    recent.calls.put(identity, series, now - nanos, nanos, bytes, error);
                }
            }
        }
        if ((facts & Pending.LAST_OF_BATCH) != 0) {
            shapes.roundTrips.pipeline(asker, now - nanos, nanos, null, caller);
        }
        reader.next();
        return redirected != null;
    }

    /** The identity of the command whose reply comes next; 0 when none is under way. */
    int oldest() {
        return inFlight.isEmpty() ? 0 : inFlight.identity();
    }

    /** As {@link #answered}, where the library does not tell which: replies come in order. */
    void answeredOldest() {
        if (inFlight.isEmpty()) {
            reader.next();
        } else {
            answered(inFlight.identity());
        }
    }

    /** @param again whether the library sent the command to where the reply pointed, so that the call is not over */
    void settle(boolean again) {
        CommandSeries series = redirected;
        redirected = null;
        if (series != null) {
            if (again) {
                series.untimed(redirection);
            } else {
                series.timed(redirectedNanos, redirection);
                tellRedirected(series);
            }
        }
    }

    /** The reply that points elsewhere was the last. */
    private void tellRedirected(CommandSeries series) {
        sending.asker = null;
        if (askers != null) {
            askers.take(redirectedIdentity, sending);
        }
        RequestScope asker = sending.asker;
        if (asker != null) {
            long start = recorder.nanos() - redirectedNanos;
            asker.redisCommands(1);
            series.called(asker, start, redirectedNanos, -1, 0, redirection, sending.caller);
        }
    }

    private static long lookups(CommandSeries series, int facts, Answer answer, @Nullable String error) {
        return error == null ? series.lookups(answer, Pending.arguments(facts), Pending.fullRange(facts)) : 0;
    }

    private static void record(CommandSeries series, int facts, long nanos, @Nullable String error) {
        if ((facts & Pending.BATCHED) != 0) {
            series.untimed(error);
        } else if ((facts & Pending.BLOCKING) != 0) {
            series.waited(nanos, error);
        } else {
            series.timed(nanos, error);
        }
    }

    private void transactional(
            CommandSeries series,
            int facts,
            @Nullable String error,
            boolean ours,
            long now,
            @Nullable RequestScope asker,
            @Nullable String caller) {
        transactionNanos = Clock.sum(transactionNanos, Clock.elapsed(transactionBusySince, now));
        transactionBusySince = now;
        transactionUnanswered--;
        switch (series.command.role) {
            case MULTI:
                answered(asker);
                if (error != null) {
                    inTransaction = false;
                    transactionEnds(error, now, asker, caller);
                }
                break;
            case EXEC:
            case DISCARD:
                answered(asker);
                if (ours) {
                    series.untimed(error);
                }
                transactionEnds(error, now, asker, caller);
                break;
            default:
                if (!ours) {
                    break;
                }
                if (error != null || !reader.isBlank()) {
                    answered(asker);
                    series.untimed(error);
                } else if (!queued.add(series, facts)) {
                    series.untimed(null);
                }
        }
    }

    private static void answered(@Nullable RequestScope asker) {
        if (asker != null) {
            asker.redisCommands(1);
        }
    }

    private void transactionEnds(
            @Nullable String error, long now, @Nullable RequestScope asker, @Nullable String caller) {
        shapes.roundTrips.multi(asker, now, transactionNanos, error, caller);
        transactionNanos = 0;
        queued.clear();
    }

    @Override
    public boolean expected() {
        return !inFlight.isEmpty() && inFlight.series().command.role == RedisCommand.Role.EXEC;
    }

    /** One command of a transaction was carried out. */
    @Override
    public void element(Answer answer, String error) {
        CommandSeries series = queued.isEmpty() ? null : queued.series();
        if (series != null) {
            int facts = queued.facts();
            String type = error.isEmpty() ? null : RedisReply.errorType(error);
            long found = lookups(series, facts, answer, type);
            RequestScope asker = inFlight.asker(); // the one of EXEC, whose reply is being read
            if (asker != null) {
                asker.redisCommands(1);
                Answer.tell(found, asker);
            }
            series.untimed(type);
        }
        queued.remove();
    }

    /**
     * The library gave a command up, on whatever thread.
     *
     * @return whether it was under way here and nobody else recorded it
     */
    boolean giveUp(int identity, InFlight.Claimed claimed, String error) {
        if (!inFlight.claim(identity, claimed)) {
            return false;
        }
        CommandSeries series = claimed.series;
        RequestScope asker = claimed.asker;
        claimed.series = null;
        claimed.asker = null;
        if (series != null) {
            if ((claimed.facts & Pending.TRANSACTION) == 0) {
                long nanos = Clock.elapsed(claimed.startNanos, recorder.nanos());
                record(series, claimed.facts, nanos, error);
                if (asker != null && (claimed.facts & (Pending.BATCHED | Pending.BLOCKING)) == 0) {
                    series.called(asker, claimed.startNanos, nanos, -1, 0, error, claimed.caller);
                }
            } else if (series.command.role != RedisCommand.Role.MULTI) {
                series.untimed(error);
            }
        }
        return true;
    }

    /** The connection is closed: what was sent gets no reply here. Commands that are sent again elsewhere are counted there again. */
    void forget() {
        if (transactionUnanswered > 0 || inTransaction) {
            transactionEnds(UNANSWERED, recorder.nanos(), null, null);
        }
        while (!inFlight.isEmpty()) {
            drop(UNANSWERED);
        }
        inTransaction = false;
        transactionUnanswered = 0;
        deaf = false;
        reader.next();
    }

    private void drop(@Nullable String error) {
        CommandSeries series = inFlight.series();
        if ((inFlight.facts() & Pending.TRANSACTION) != 0) {
            transactionUnanswered--;
        }
        if ((inFlight.facts() & Pending.LAST_OF_BATCH) != 0) {
            shapes.roundTrips.pipeline(Clock.elapsed(inFlight.startNanos(), recorder.nanos()), error);
        }
        if (inFlight.remove() && series.command.role != RedisCommand.Role.MULTI) {
            series.untimed(error);
        }
    }
}
