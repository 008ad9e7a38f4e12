package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.RunStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SettingStore;
import dev.headroom.dashboard.store.StoreReport;
import dev.headroom.dashboard.store.StoreStatus;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.dashboard.store.StreamStates;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in SQLite files, one per tier and period. A batch, its sender's cursor and its stream states are one transaction;
 * {@link #append} returns after the commit has reached the disk. Readers never wait for the writer. Thread-safe.
 *
 * <p>What has just come is known to five seconds. A minute or two later it is rolled up: ends of ranges then move outwards to ten
 * seconds, and to a minute or ten where only coarser tiers reach back so far. Instances are told apart to five seconds as long as
 * their batches are kept, then to a minute or ten.
 */
public final class SqliteMetricStore implements MetricStore, StoreReport {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteMetricStore.class);
    /** What the process ends with when storing has failed in the middle. */
    private static final int DIED = 70;

    private static final Duration COMMIT_SPACING = Duration.ofMillis(100);

    private final StoreDirectory directory;
    private final Pending pending;
    private final HalfHours halfHours;
    private final NameCache names;
    private final TierReach reach;
    private final Intake intake;
    private final Roller roller;
    private final RollerThread rolling;
    private final Upkeep upkeep;
    private final StoreSettings settings;
    private final GroupCommit writer;
    private final List<Consumer<Batch>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Opens the store in the directory, which is created when it is not there. Every request is committed at once, for who sends one
     * after another.
     *
     * @param keep how long the coarsest measurements are kept
     * @param memoryBytes for what is not rolled up yet
     * @throws StoreUnusableException when the directory cannot be used; the message says what to do
     */
    public SqliteMetricStore(Path path, Duration keep, long memoryBytes, InstantSource clock) {
        this(
                path,
                new StoreSettings(
                        StoreSettings.keepingAtMost(keep),
                        StoreSettings.DEFAULT_MAX_BYTES,
                        StoreSettings.DEFAULT_RESERVE_BYTES),
                memoryBytes,
                clock,
                Duration.ZERO);
    }

    /**
     * Opens the store in the directory, which is created when it is not there.
     *
     * @param memoryBytes for what is not rolled up yet
     * @throws StoreUnusableException when the directory cannot be used; the message says what to do
     */
    public SqliteMetricStore(Path path, StoreSettings settings, long memoryBytes, InstantSource clock) {
        this(path, settings, memoryBytes, clock, COMMIT_SPACING);
    }

    private SqliteMetricStore(
            Path path, StoreSettings settings, long memoryBytes, InstantSource clock, Duration spacing) {
        this.directory = StoreDirectory.open(path, StoreTables::of, clock);
        try {
            FormatOne.takeOver(directory);
            SeriesPool pool = new SeriesPool();
            this.pending = new Pending(memoryBytes);
            this.halfHours = new HalfHours(memoryBytes / 2);
            this.names = new NameCache(pool, directory.events());
            this.reach = new TierReach(directory, settings, clock);
            this.intake = new Intake(directory, pool, pending, clock);
            intake.find();
            RollBuffer buffer = new RollBuffer(directory, pool, reach);
            this.roller = new Roller(directory, pending, names, buffer, halfHours);
            this.rolling = new RollerThread(roller, clock);
            this.settings = settings;
            this.upkeep = new Upkeep(directory, settings, file -> pending.holds(Intake.source(file)));
        } catch (RuntimeException failure) {
            directory.close();
            throw failure;
        }
        upkeep.start();
        this.writer = new GroupCommit(new Writing(), spacing);
    }

    @Override
    public List<Outcome> append(List<Batch> batches) {
        if (batches.isEmpty()) {
            return List.of();
        }
        try {
            return writer.submit(batches).get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : unusable(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnusableException("Interrupted before the commit", interrupted);
        }
    }

    private StoreUnusableException unusable(Exception failure) {
        return new StoreUnusableException(
                "The store " + directory.path().toAbsolutePath() + " cannot be used: " + failure.getMessage(), failure);
    }

    @Override
    public Reading read(Selection selection) {
        return reader(selection, false).whole();
    }

    /** Reads it for those who will look: what is kept of it reaches to its end then. */
    void readAhead(Selection selection) {
        Reading unused = reader(selection, true).whole();
    }

    @Override
    public List<Reading> slices(Selection selection, Duration step) {
        return reader(selection, false).slices(step);
    }

    private RangeReader reader(Selection selection, boolean ahead) {
        return new RangeReader(directory, pending, names, reach.now(), halfHours, selection, ahead);
    }

    @Override
    public @Nullable StreamStates streams(Sender sender) {
        return intake.ofNewest(connection -> SenderRows.streams(connection, sender), Optional.<StreamStates>empty())
                .orElse(null);
    }

    @Override
    public List<String> services() {
        return intake.senders().services();
    }

    @Override
    public List<Instance> instances(String service) {
        return intake.senders().of(service);
    }

    @Override
    public List<Ledger> ledgers(String service) {
        return intake.ofNewest(connection -> LedgerTable.read(connection, service), List.of());
    }

    HalfHours halfHours() {
        return halfHours;
    }

    /** What people set. */
    public SettingStore settings() {
        return new StateSettings(directory.state());
    }

    /** What became of budgets. */
    public HistoryStore history() {
        return new StateHistory(directory.state());
    }

    /** What verdicts came to. */
    public IncidentStore incidents() {
        return new StateIncidents(directory.state());
    }

    /** Runs of tests and load. */
    public RunStore runs() {
        return new StateRuns(directory.state());
    }

    @Override
    public StoreStatus status() {
        return StatusReport.of(directory, settings, upkeep.free());
    }

    @Override
    public @Nullable String refusal() {
        return directory.refusal();
    }

    @Override
    public void onStored(Consumer<Batch> listener) {
        listeners.add(listener);
    }

    /** What to do before each step of rolling up, on the thread that does so; it may wait for a moment. */
    public void beforeEachRollUp(Runnable first) {
        roller.beforeEach(first);
    }

    /** Rolls up everything that came until now, on this thread. */
    void rollUpAll() {
        rolling.rollUpAll();
    }

    /** Rolls up that many parts, whether they are due or not, on this thread. */
    void rollUp(int parts) {
        rolling.rollUp(parts);
    }

    @Override
    public void close() {
        writer.close();
        rolling.close();
        upkeep.close();
        directory.close();
    }

    /** What the writing thread does. */
    private final class Writing implements GroupCommit.Work {
        @Override
        public List<Outcome> commit(List<Batch> batches) {
            return intake.write(batches);
        }

        @Override
        public void stored(List<Batch> batches, List<Outcome> outcomes) {
            for (int i = 0; i < batches.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Stored) {
                    tell(batches.get(i));
                }
            }
        }

        /**
         * What is in memory may lack what is on disk, or the other way round. A start reads it all anew and loses nothing, for agents
         * keep what was not acknowledged.
         */
        @Override
        public void died(Throwable cause) {
            LOG.error(
                    "Storing has failed in the middle ({}); the dashboard stops at once, for a start puts everything"
                            + " right. If memory was short, give it more: java -Xmx2g -jar ...",
                    cause.toString(),
                    cause);
            Runtime.getRuntime().halt(DIED);
        }

        private void tell(Batch batch) {
            for (Consumer<Batch> listener : listeners) {
                try {
                    listener.accept(batch);
                } catch (RuntimeException failure) {
                    LOG.warn(
                            "A listener failed on a stored batch of {}; the batch is safe",
                            batch.sender().service(),
                            failure);
                }
            }
        }

        @Override
        public RuntimeException failure(Exception cause) {
            return cause instanceof RuntimeException already ? already : unusable(cause);
        }
    }
}
