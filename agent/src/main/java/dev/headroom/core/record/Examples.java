package dev.headroom.core.record;

import dev.headroom.core.control.Switches;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decides at the end of a request, or of a slow call outside of one, whether it is kept as an {@link Example}: failed, slow, longer
 * than the tightest limit that a budget sets, with many runs of one shape, or now and then a normal one. Of each route and reason the
 * slowest and one at random are kept until {@link #drain}; how many that gives is limited by route, in total and in bytes.
 *
 * <p>Thread-safe without locks. Asking costs a few comparisons and allocates nothing; only what is kept does.
 */
public final class Examples {
    /** So many runs of one SELECT, Redis command or outgoing call in a request are worth a look. */
    static final int REPEATED = 10;

    /** The dashboard's orders for the thresholds, in milliseconds. */
    public static final String SLOW_ORDER = "examples.slow.ms";

    public static final String SLOW_CALL_ORDER = "examples.slow.call.ms";

    private static final int FIRST_SERVER_ERROR = 500;
    private static final int MAX_SUBJECTS = 500;
    private static final long MAX_BYTES = 4L << 20;
    private static final double PER_MINUTE = 120;
    private static final double MOST_AT_ONCE = 60;
    private static final int WALKS_PER_SECOND = 50;
    private static final int RARE_WALKS_PER_SECOND = 10;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MILLI_NANOS = 1_000_000L;
    private static final Object OTHERS = new Object();

    private final Clock clock;
    private final Switches switches;
    private final MetricSlot requests;
    private final Map<Object, ExamplesOf> subjects = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();
    private final LongAdder passedOver = new LongAdder();
    private final AtomicLong walkSecond = new AtomicLong();
    private final AtomicLong walks = new AtomicLong();
    private volatile boolean on = true;
    private volatile boolean receivable = true;
    private volatile boolean normalDue = true;
    private volatile long configuredSlowNanos = 500 * MILLI_NANOS;
    private volatile long configuredSlowCallNanos = 200 * MILLI_NANOS;
    private volatile long slowNanos = configuredSlowNanos;
    private volatile long slowCallNanos = configuredSlowCallNanos;
    private final AtomicLong detailedNanos = new AtomicLong(Long.MIN_VALUE);
    private double allowed = MOST_AT_ONCE;
    private long drainedNanos;

    /** @param requests whose limits are those of served requests */
    Examples(Clock clock, Switches switches, MetricSlot requests) {
        this.clock = clock;
        this.switches = switches;
        this.requests = requests;
        this.drainedNanos = clock.nanos();
        switches.onChange(
                new Runnable() { // no lambda: the agent's start does not pay for the first one
                    @Override
                    public void run() {
                        chooseThresholds();
                    }
                });
    }

    /**
     * @param slowMillis requests that took so long are kept; 0: none for that
     * @param slowCallMillis the same for single calls
     */
    public void configure(boolean wanted, long slowMillis, long slowCallMillis) {
        on = wanted;
        configuredSlowNanos = nanos((double) slowMillis);
        configuredSlowCallNanos = nanos((double) slowCallMillis);
        chooseThresholds();
    }

    /** Keeps nothing from here on. */
    public void switchOff() {
        on = false;
        subjects.clear();
    }

    /** Whether somebody is there who takes examples. */
    public void receivable(boolean now) {
        receivable = now;
    }

    private static long nanos(double millis) {
        return millis <= 0 ? Long.MAX_VALUE : (long) (millis * MILLI_NANOS);
    }

    private void chooseThresholds() {
        double slow = switches.option(SLOW_ORDER, -1);
        double slowCall = switches.option(SLOW_CALL_ORDER, -1);
        slowNanos = slow < 0 ? configuredSlowNanos : nanos(slow);
        slowCallNanos = slowCall < 0 ? configuredSlowCallNanos : nanos(slowCall);
    }

    /** Whether calls of requests that begin now are to be logged. */
    public boolean wanted() {
        return on && receivable && switches.detail().examples();
    }

    boolean isSlowCall(long nanos) {
        return nanos >= slowCallNanos;
    }

    /** Whether a request that is so old will probably be kept. */
    boolean looksSlow(long nanos) {
        return nanos >= slowNanos / 2;
    }

    /** Whether of a request that begins now every caller is to be known: of one a second while normal ones are wanted. */
    boolean wantsDetail(long nowNanos) {
        if (!normalDue) {
            return false;
        }
        long last = detailedNanos.get();
        return (last == Long.MIN_VALUE || nowNanos - last >= SECOND_NANOS)
                && detailedNanos.compareAndSet(last, nowNanos);
    }

    /** Whether one more stack may be walked in this second. Threads that ask at the second's turn may get a few more. */
    boolean mayWalk(boolean rarely) {
        long second = clock.nanos() / SECOND_NANOS;
        long known = walkSecond.get();
        if (known != second && walkSecond.compareAndSet(known, second)) {
            walks.set(0);
        }
        int most = rarely ? RARE_WALKS_PER_SECOND : WALKS_PER_SECOND;
        return walks.get() < most && walks.incrementAndGet() <= most;
    }

    /** Whether a request that is about to end may be kept, so that what costs something to ask is worth it. */
    public boolean mayKeep(RequestScope account, int status, long startNanos) {
        return account.logged()
                && (normalDue
                        || status >= FIRST_SERVER_ERROR
                        || Math.max(account.repeatedReads(), account.log().mostRuns()) >= REPEATED
                        || clock.nanos() - startNanos >= Math.min(slowNanos, requests.limits.tightest()));
    }

    /** A request has ended; what it did elsewhere is in its account. */
    public void finished(Finished request, RequestScope account) {
        if (account.logged() && request.nanos != Clock.UNTIMED) {
            Example.Reason reason = reason(request, account);
            ExamplesOf subject = subject(request.route);
            long now = clock.nanos();
            if (reason == Example.Reason.NORMAL && !subject.wantsNormal(now)) {
                return;
            }
            if (admits(subject, reason, request.nanos)) {
                if (reason == Example.Reason.NORMAL) {
                    normalDue = false;
                    subject.normalKept(now);
                }
                put(subject, Example.ofRequest(reason, request, account, clock.wallMillis() * MILLI_NANOS));
            }
        }
    }

    private Example.Reason reason(Finished request, RequestScope account) {
        if (request.error != null && !request.error.equals("aborted")) {
            return Example.Reason.FAILED;
        }
        if (request.nanos >= slowNanos) {
            return Example.Reason.SLOW;
        }
        if (Math.max(account.repeatedReads(), account.log().mostRuns()) >= REPEATED) {
            return Example.Reason.REPEATED;
        }
        return request.nanos > requests.limits.tightest() ? Example.Reason.BUDGET : Example.Reason.NORMAL;
    }

    /** A call outside of any request took long. */
    void slowCall(CallStack.Kind kind, Series series, long nanos, long rows, @Nullable String errorType) {
        if (!wanted() || (kind != CallStack.Kind.SQL && kind != CallStack.Kind.REDIS)) {
            return;
        }
        ExamplesOf subject = subject(series);
        if (admits(subject, Example.Reason.SLOW, nanos)) {
            put(
                    subject,
                    Example.ofCall(
                            kind,
                            series,
                            nanos,
                            rows,
                            errorType,
                            mayWalk(false) ? StackWalk.caller() : null,
                            clock.wallMillis() * MILLI_NANOS));
        }
    }

    private boolean admits(ExamplesOf subject, Example.Reason reason, long nanos) {
        boolean admitted = held.get() < MAX_BYTES
                && subject.admits(reason, nanos, ThreadLocalRandom.current().nextInt(1 << 20));
        if (!admitted && reason != Example.Reason.NORMAL) {
            passedOver.increment();
        }
        return admitted;
    }

    private void put(ExamplesOf subject, Example example) {
        held.addAndGet(example.heapBytes());
        Example replaced = subject.put(example);
        if (replaced != null) {
            held.addAndGet(-replaced.heapBytes());
            passedOver.increment();
        }
    }

    private ExamplesOf subject(Object key) {
        ExamplesOf known = subjects.get(key);
        if (known != null) {
            return known;
        }
        Object admitted = subjects.size() < MAX_SUBJECTS ? key : OTHERS;
        ExamplesOf made = new ExamplesOf();
        ExamplesOf other = subjects.putIfAbsent(admitted, made);
        return other == null ? made : other;
    }

    /** Takes what was kept since the last call, the most urgent first. For one thread at a time. */
    public List<Example> drain() {
        StackWalk.prepare();
        long now = clock.nanos();
        allowed = Math.min(MOST_AT_ONCE, allowed + PER_MINUTE * (now - drainedNanos) / (60.0 * SECOND_NANOS));
        drainedNanos = now;
        List<Example> taken = new ArrayList<>();
        boolean due = subjects.isEmpty();
        for (Iterator<ExamplesOf> each = subjects.values().iterator(); each.hasNext(); ) {
            ExamplesOf subject = each.next();
            passedOver.add(subject.drainInto(taken, now));
            due |= subject.wantsNormal(now);
            if (subject.idleFor(now)) {
                each.remove();
            }
        }
        normalDue = due;
        held.set(0);
        taken.sort((one, other) ->
                one.reason == other.reason ? Long.compare(other.nanos, one.nanos) : one.reason.compareTo(other.reason));
        int most = Math.min(taken.size(), (int) allowed);
        allowed -= most;
        passedOver.add(taken.size() - (long) most);
        List<Example> result = new ArrayList<>(taken.subList(0, most));
        for (Example each : result) {
            each.order();
        }
        return result;
    }

    /** Remarkable requests and calls that were not kept, since others were slower or there were too many: since the start. */
    public long passedOver() {
        return passedOver.sum();
    }
}
