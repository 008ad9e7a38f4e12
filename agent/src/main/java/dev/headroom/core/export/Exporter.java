package dev.headroom.core.export;

import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's one thread: closes a window every interval, sends one at a time, keeps the rest in the {@link Backlog}, sends examples
 * when no window waits, fetches and
 * obeys the dashboard's orders when it names a new version of them. At the JVM's end it sends what it can within two seconds.
 *
 * <p>Nothing ends the thread but {@link #close}; nothing it does is seen by the application. {@link #start} and {@link #close} may
 * be called from any thread.
 */
public final class Exporter {
    /** The JVM's end is never held up longer. */
    public static final int EXIT_MILLIS = 2_000;

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    /** The application's main may set up name resolution and TLS before we use either. */
    private static final long FIRST_SEND_MILLIS = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ExportSettings settings;
    private final Recorder recorder;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Complaints complaints;
    private final Rotation rotation;
    private final Backlog backlog;
    private final OtlpSender sender;
    private final BackOff backOff;
    private final ExampleDelivery examples;
    private final SelfStats selfStats;
    private final Thread thread;
    private @Nullable String ordersVersion;
    private long nextSendNanos;
    private boolean rotated;
    private volatile long exitAtNanos;
    private volatile boolean closing;
    private volatile @Nullable Thread flush;

    /**
     * @param hookFailures failures so far, by hook name; called on the agent's thread
     * @param warnings takes one line for stderr, rarely
     */
    public Exporter(
            ExportSettings settings,
            Recorder recorder,
            Supplier<Map<String, Long>> hookFailures,
            Consumer<String> warnings) {
        this(
                settings,
                recorder,
                hookFailures,
                warnings,
                new DoubleSupplier() { // as everywhere on the way of a start, no lambda
                    @Override
                    public double getAsDouble() {
                        return ThreadLocalRandom.current().nextDouble();
                    }
                });
    }

    Exporter(
            ExportSettings settings,
            Recorder recorder,
            Supplier<Map<String, Long>> hookFailures,
            Consumer<String> warnings,
            DoubleSupplier random) {
        this.settings = settings;
        this.recorder = recorder;
        this.clock = recorder.clock();
        this.random = random;
        this.complaints = new Complaints(warnings, clock);
        this.rotation = new Rotation(clock, settings.intervalMillis());
        this.backlog = new Backlog(
                new OtlpEncoding(settings.resource(), settings.version()), settings.maxWindows(), settings.maxBytes());
        this.sender = new OtlpSender(
                new HttpConnection(
                        settings.endpoint(),
                        CONNECT_TIMEOUT_MILLIS,
                        settings.answerTimeoutMillis(),
                        new HttpConnection.Waiting() {
                            @Override
                            public void tick() throws IOException {
                                whileAwaitingAnswer();
                            }
                        }),
                clock,
                settings.resource("service.instance.id"),
                settings.intervalMillis(),
                "headroom-agent/" + settings.version(),
                settings.headers());
        this.backOff = new BackOff(random);
        this.examples = new ExampleDelivery(
                recorder.examples(),
                new ExampleQueue(settings.resource(), settings.version(), ExampleQueue.MAX_BYTES),
                sender,
                clock,
                random);
        this.selfStats = new SelfStats(recorder, backlog, examples, hookFailures);
        this.nextSendNanos = clock.nanos() + FIRST_SEND_MILLIS * NANOS_PER_MILLI;
        this.thread = AgentThread.of(
                new Runnable() {
                    @Override
                    public void run() {
                        work();
                    }
                },
                "headroom-export");
        recorder.gauges(selfStats);
    }

    /** Starts the thread and registers the flush at the JVM's end. Never throws for the state of the JVM or the network. */
    public void start() {
        thread.start();
        try {
            Thread atExit = AgentThread.of(
                    new Runnable() {
                        @Override
                        public void run() {
                            close();
                        }
                    },
                    "headroom-flush");
            flush = atExit;
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException ignored) {
            // the JVM is already ending
        }
    }

    /** Closes the last window, sends what can be sent within {@link #EXIT_MILLIS}, and ends the thread. Idempotent. */
    public void close() {
        if (!closing) {
            exitAtNanos = System.nanoTime() + EXIT_MILLIS * NANOS_PER_MILLI;
            closing = true;
        }
        forgetFlush();
        LockSupport.unpark(thread);
        long left = (exitAtNanos - System.nanoTime()) / NANOS_PER_MILLI;
        try {
            if (left > 0) {
                thread.join(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JVM need not flush what is closed already, nor hold on to it. */
    private void forgetFlush() {
        Thread registered = flush;
        if (registered != null && registered != Thread.currentThread()) {
            try {
                Runtime.getRuntime().removeShutdownHook(registered);
            } catch (IllegalStateException ignored) {
                // the JVM is already ending
            }
        }
    }

    private void work() {
        while (!closing) {
            long waitMillis;
            try {
                waitMillis = step();
            } catch (Throwable failure) {
                complaints.about("agent", "the agent's thread failed and goes on: " + failure);
                waitMillis = settings.intervalMillis();
            }
            if (waitMillis > 0 && !closing) {
                LockSupport.parkNanos(this, waitMillis * NANOS_PER_MILLI);
            }
        }
        try {
            flush();
        } catch (Throwable failure) {
            complaints.about("agent", "the last window could not be sent: " + failure);
        }
        sender.close();
    }

    /** Does what is due. Returns the milliseconds until something will be. */
    long step() {
        NativeLoading.awaitProperties();
        rotateIfDue();
        if (clock.nanos() - nextSendNanos >= 0 && !backlog.isEmpty()) {
            sendOldest(false);
        } else if (backlog.isEmpty() && examples.due()) {
            sendExamples();
        }
        long toRotation = rotation.millisToNext();
        if (backlog.isEmpty()) {
            return examples.waiting() ? Math.min(toRotation, examples.millisToNext()) : toRotation;
        }
        long toSend = Math.max(0, (nextSendNanos - clock.nanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        return Math.min(toRotation, toSend);
    }

    private void rotateIfDue() {
        if (rotation.due()) {
            if (!rotated) {
                NativeLoading.loadOnce();
            }
            rotated = true;
            boolean idle = backlog.isEmpty();
            long start = rotation.startMillis();
            examples.collect();
            backlog.add(recorder.rotate(start, rotation.end()));
            if (idle) {
                long jitter = (long) (random.getAsDouble() * rotation.intervalMillis() / 10 * NANOS_PER_MILLI);
                nextSendNanos = Math.max(nextSendNanos, clock.nanos() + jitter);
            }
        }
    }

    /** Windows keep their bounds however long an answer takes. */
    private void whileAwaitingAnswer() throws IOException {
        if (closing) {
            if (System.nanoTime() - exitAtNanos >= 0) {
                throw new HttpConnection.GaveUpException("the JVM ends");
            }
        } else {
            rotateIfDue();
        }
    }

    /** @param flushing whether the JVM ends and no window will be added */
    private boolean sendOldest(boolean flushing) {
        Batch batch;
        try {
            batch = backlog.next();
        } catch (RuntimeException unsendable) {
            giveUp("encoding", unsendable.toString());
            return true;
        }
        if (batch == null) {
            return false;
        }
        selfStats.sent(batch);
        Outcome outcome = sender.send(OtlpSender.Signal.METRICS, batch, flushing && backlog.size() == 1);
        nextSendNanos = clock.nanos();
        backOff.spread(sender.spreadMillis());
        if (outcome.answered() && sender.serverMillis() != 0) {
            rotation.told(sender.serverMillis());
        }
        // Nobody looks on through a dashboard that does not take anything.
        rotation.every(outcome.fate() == Outcome.Fate.ACCEPTED ? sender.wishedMillis() : -1);
        sender.interval(rotation.intervalMillis());
        switch (outcome.fate()) {
            case RETRY:
                nextSendNanos += backOff.afterFailure(outcome.waitMillis()) * NANOS_PER_MILLI;
                complaints.once(
                        "unreachable",
                        "dashboard " + settings.endpoint() + " does not take measurements (" + outcome.reason()
                                + "); they are kept and sent when it does, the application is not affected");
                return false;
            case GIVEN_UP:
                backlog.settled();
                giveUp(outcome.reason(), "window " + batch.sequence());
                break;
            case ACCEPTED:
                backlog.settled();
                examples.windowAccepted();
                break;
        }
        backOff.reset();
        obeyIfNew();
        return true;
    }

    private boolean sendExamples() {
        Batch batch = examples.send();
        if (batch != null) {
            selfStats.sent(batch);
        }
        return batch != null;
    }

    private void giveUp(String reason, String what) {
        selfStats.dropped(reason);
        complaints.about(
                "dropped",
                "dashboard " + settings.endpoint() + " refused measurements for good (" + reason + ", " + what
                        + "); check its address, its token and its version");
    }

    private void obeyIfNew() {
        String announced = sender.ordersVersion();
        if (announced == null || announced.equals(ordersVersion) || closing) {
            return;
        }
        try {
            OrdersText orders = OrdersText.parse(sender.fetchOrders(settings.resource("service.name")));
            orders.obey(recorder);
            ordersVersion = orders.version();
        } catch (IOException unreachable) {
            complaints.about("orders", "orders could not be fetched: " + unreachable.getMessage());
        } catch (IllegalArgumentException malformed) {
            ordersVersion = announced;
            complaints.about(
                    "orders",
                    "orders from the dashboard are not understood, those before stay: " + malformed.getMessage());
        }
    }

    /** A JVM that ends before its first window and measured nothing has nothing to say; saying it would double its start's cost. */
    private void flush() {
        if (!rotated && recorder.size() == 0) {
            return;
        }
        NativeLoading.awaitProperties();
        long start = rotation.startMillis();
        examples.collect();
        backlog.add(recorder.rotate(start, rotation.endEarly()));
        boolean more = true;
        while (more && System.nanoTime() - exitAtNanos < 0) {
            more = sendOldest(true);
        }
        while (backlog.isEmpty() && examples.due() && System.nanoTime() - exitAtNanos < 0) {
            sendExamples();
        }
    }
}
