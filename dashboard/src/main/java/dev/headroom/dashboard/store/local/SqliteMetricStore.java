package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SettingStore;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.dashboard.store.StreamStates;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in one SQLite file. A batch, its sender's cursor and its stream states are one transaction; {@link #append} returns
 * after the commit has reached the disk. Readers never wait for the writer. Thread-safe.
 */
public final class SqliteMetricStore implements MetricStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteMetricStore.class);
    private static final Duration COMMIT_SPACING = Duration.ofMillis(100);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

    private final StoreFile file;
    private final SeriesDictionary series;
    private final WindowCache cache;
    private final BatchTransaction transaction;
    private final Retention retention;
    private final GroupCommit writer;
    private final InstantSource clock;
    private final List<Consumer<Batch>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Opens the store in the directory, which is created when it is not there.
     *
     * @param keep how long windows are kept
     * @param cacheBytes memory for decoded windows
     * @throws StoreUnusableException when the directory cannot be used; the message says what to do
     */
    public SqliteMetricStore(Path directory, Duration keep, long cacheBytes, InstantSource clock) {
        this.file = StoreFile.open(directory);
        try {
            this.series = new SeriesDictionary(file.writer());
        } catch (SQLException failure) {
            file.close();
            throw file.unusable(failure);
        }
        this.clock = clock;
        this.cache = new WindowCache(cacheBytes);
        this.transaction = new BatchTransaction(file.writer(), series, clock);
        this.retention = new Retention(file.writer(), keep);
        this.writer = new GroupCommit(new Writing(), COMMIT_SPACING);
    }

    @Override
    public List<Outcome> append(List<Batch> batches) {
        if (batches.isEmpty()) {
            return List.of();
        }
        try {
            return writer.submit(batches).get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : file.unusable(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnusableException("Interrupted before the commit", interrupted);
        }
    }

    @Override
    public Reading read(Selection selection) {
        return file.read(connection -> new RangeReader(connection, series, cache, selection).whole());
    }

    @Override
    public List<Reading> slices(Selection selection, Duration step) {
        return file.read(connection -> new RangeReader(connection, series, cache, selection).slices(step));
    }

    @Override
    public @Nullable StreamStates streams(Sender sender) {
        Optional<StreamStates> stored = file.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT streams FROM sender JOIN service ON service.id = sender.service
                    WHERE service.name = ? AND instance = ? AND streams IS NOT NULL
                    """)) {
                query.setString(1, sender.service());
                query.setString(2, sender.instance());
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? Optional.of(new StreamStates(row.getBytes(1))) : Optional.empty();
                }
            }
        });
        return stored.orElse(null);
    }

    @Override
    public List<String> services() {
        return file.read(connection -> {
            List<String> names = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("""
                            SELECT name FROM service
                            WHERE EXISTS (SELECT 1 FROM sender WHERE sender.service = service.id) ORDER BY name
                            """);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        });
    }

    @Override
    public List<Instance> instances(String service) {
        return file.read(connection -> {
            List<Instance> instances = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT instance, resource, first_report, last_report, coalesce(sequence, 0), coalesce(gaps, 0),
                      coalesce(duplicates, 0)
                    FROM sender JOIN service ON service.id = sender.service
                    LEFT JOIN cursor ON cursor.sender = sender.id AND cursor.signal = 'm'
                    WHERE service.name = ? ORDER BY last_report DESC, instance
                    """)) {
                query.setString(1, service);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        instances.add(instance(service, rows));
                    }
                }
            }
            return instances;
        });
    }

    private static Instance instance(String service, ResultSet row) throws SQLException {
        return new Instance(
                service,
                row.getString(1),
                Keys.readMap(row.getBytes(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    @Override
    public List<Ledger> ledgers(String service) {
        return file.read(connection -> LedgerTable.read(connection, service));
    }

    /** What people set, in the same file. */
    public SettingStore settings() {
        return new SqliteSettings(file);
    }

    @Override
    public void onStored(Consumer<Batch> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        writer.close();
        file.close();
    }

    /** What the writing thread does. */
    private final class Writing implements GroupCommit.Work {
        private Instant nextHousekeeping = clock.instant();

        @Override
        public List<Outcome> commit(List<Batch> batches) throws SQLException {
            return transaction.write(batches);
        }

        @Override
        public void stored(List<Batch> batches, List<Outcome> outcomes) {
            for (int i = 0; i < batches.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Stored) {
                    tell(batches.get(i));
                }
            }
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
        public void betweenCommits() {
            Instant now = clock.instant();
            if (!now.isBefore(nextHousekeeping)) {
                nextHousekeeping = now.plus(HOUSEKEEPING);
                retention.apply(now);
            }
        }

        @Override
        public RuntimeException failure(Exception cause) {
            return cause instanceof RuntimeException already ? already : file.unusable(cause);
        }
    }
}
