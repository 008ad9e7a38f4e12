package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Sender;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest raw file: takes batches, and hands senders, cursors and stream states on to the file that follows it. Writing belongs to
 * the writing thread; reading is thread-safe.
 */
final class Intake {
    /** About a kilobyte each. Whoever may send can name as many as they like. */
    private static final int MOST_SENDERS = 50_000;

    private final StoreDirectory directory;
    private final SeriesPool pool;
    private final Pending pending;
    private final InstantSource clock;
    private final KnownSenders senders = new KnownSenders(MOST_SENDERS);

    private @Nullable PeriodFile current;
    private @Nullable RawWriter writer;
    private @Nullable Carry carry;

    Intake(StoreDirectory directory, SeriesPool pool, Pending pending, InstantSource clock) {
        this.directory = directory;
        this.pool = pool;
        this.pending = pending;
        this.clock = clock;
    }

    /** The number that tiers know the file by. */
    static long source(PeriodFile file) {
        return file.start().getEpochSecond();
    }

    KnownSenders senders() {
        return senders;
    }

    /** Tells {@link Pending} what earlier runs left to roll up, and who sent it. */
    void find() {
        senders.replace(ofNewest(SenderRows::all, List.of()));
        long now = clock.millis();
        for (PeriodFile file : directory.files(Tier.RAW)) {
            file.read(connection -> find(connection, source(file), now));
        }
    }

    private int find(Connection connection, long source, long now) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT name, minute, first, last FROM todo JOIN service ON service.id = todo.service");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                pending.found(
                        row.getString(1),
                        new Pending.Part(row.getLong(2), source, row.getLong(3)),
                        row.getLong(4),
                        now);
            }
        }
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT name, start FROM todo_ten JOIN service ON service.id = todo_ten.service");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                pending.foundTen(row.getString(1), new Pending.Ten(row.getLong(2), source), now);
            }
        }
        return 0;
    }

    /** One outcome per batch, all of them durable; on a failure nothing is. */
    List<Outcome> write(List<Batch> batches) {
        PeriodFile file = directory.forWriting(Tier.RAW, clock.instant());
        if (file != current || writer == null) {
            begin(file);
        }
        long now = clock.millis();
        RawWriter writing = writer == null ? new RawWriter(source(file), pool) : writer;
        Carry carried = carry;
        Set<Sender> heard = new HashSet<>();
        batches.forEach(batch -> heard.add(batch.sender()));
        List<Instance> changed = new ArrayList<>();
        RawWriter.Written written;
        try {
            written = file.write(connection -> {
                if (carried != null) {
                    carried.into(connection);
                }
                RawWriter.Written rows = writing.write(connection, batches, now);
                changed.addAll(carried != null ? SenderRows.all(connection) : SenderRows.of(connection, heard));
                return rows;
            });
        } catch (RuntimeException failure) {
            current = null;
            throw failure;
        }
        carry = null;
        if (carried != null) {
            senders.replace(changed);
        } else {
            senders.put(changed);
        }
        written.rows().forEach(row -> pending.stored(row, now));
        return written.outcomes();
    }

    private void begin(PeriodFile file) {
        boolean begun = file.read(Carry::done).orElse(false);
        carry = begun ? null : previous(file);
        writer = new RawWriter(source(file), pool);
        current = file;
    }

    private Carry previous(PeriodFile file) {
        long now = clock.millis();
        boolean first = true;
        for (PeriodFile earlier : newestFirst()) {
            if (earlier == file) {
                continue;
            }
            first = false;
            Optional<Carry> found = earlier.read(connection -> Carry.done(connection)
                            ? Optional.of(Carry.of(connection, source(earlier), now))
                            : Optional.<Carry>empty())
                    .orElse(Optional.empty());
            if (found.isPresent()) {
                return found.get();
            }
        }
        return Carry.nothing(first);
    }

    private List<PeriodFile> newestFirst() {
        List<PeriodFile> files = new ArrayList<>(directory.files(Tier.RAW));
        Collections.reverse(files);
        return files;
    }

    /** The query's answer from the newest raw file that has begun, or the given one when there is none. */
    <T> T ofNewest(SqliteFile.Query<T> query, T none) {
        for (PeriodFile file : newestFirst()) {
            Optional<T> answer = file.read(connection ->
                            Carry.done(connection) ? Optional.of(query.run(connection)) : Optional.<T>empty())
                    .orElse(Optional.empty());
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return none;
    }
}
