package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns raw rows into the rows of the coarser tiers. Rows are keyed by the raw rows that they were made of, so that a part which is
 * rolled up again after an interruption replaces itself. The order is what makes it exact without transactions over several files:
 * the tiers' files are durable, then the raw file's note is deleted, then readers are told. Thread-safe; one round at a time.
 */
final class Roller {
    private final StoreDirectory directory;
    private final Pending pending;
    private final NameCache names;
    private final RollBuffer buffer;
    private final HalfHours halfHours;
    private final Object turn = new Object();
    private volatile Runnable beforeEach = () -> {};

    Roller(StoreDirectory directory, Pending pending, NameCache names, RollBuffer buffer, HalfHours halfHours) {
        this.directory = directory;
        this.pending = pending;
        this.names = names;
        this.buffer = buffer;
        this.halfHours = halfHours;
    }

    /** What to do before each step of a few milliseconds, such as letting others go first. */
    void beforeEach(Runnable first) {
        beforeEach = first;
    }

    /** How many parts are due. */
    int due(RollTimes times) {
        return pending.due(times).size();
    }

    /**
     * Rolls up what is due, the oldest first.
     *
     * @param most how many parts; tens come on top
     * @return how much was due
     */
    int roll(RollTimes times, int most) {
        synchronized (turn) {
            List<Pending.Due> due = pending.due(times);
            List<Pending.Due> done = new ArrayList<>();
            try {
                for (Pending.Due part : due.subList(0, Math.min(most, due.size()))) {
                    rollPart(part);
                    done.add(part);
                    if (buffer.full()) {
                        buffer.flush();
                        finish(done, times.now());
                        done.clear();
                    }
                }
                buffer.flush();
                finish(done, times.now());
                List<Pending.DueTen> tens = pending.dueTens(times);
                for (Pending.DueTen ten : tens.subList(0, Math.min(most, tens.size()))) {
                    rollTen(ten);
                }
                return due.size() + tens.size();
            } finally {
                buffer.drop();
            }
        }
    }

    private void rollPart(Pending.Due due) {
        PeriodFile raw = raw(due.part().source());
        boolean read = raw != null
                && raw.read(connection -> {
                            rollPart(connection, raw, due);
                            return true;
                        })
                        .isPresent();
        if (!read) {
            pending.lost(due.part().source());
        }
    }

    private void rollPart(Connection connection, PeriodFile raw, Pending.Due due) throws SQLException {
        String service = due.service();
        Pending.Part part = due.part();
        long from = part.minute();
        long to = from + Pending.MINUTE_MILLIS;
        for (Tier tier : List.of(Tier.S10, Tier.S60, Tier.I60)) {
            buffer.clear(tier, service, from, to, part.source(), part.first());
        }
        NameCache.Lookup lookup = names.in(raw, connection, service);
        List<RawRows.Row> rows = new ArrayList<>(RawRows.list(connection, lookup.service(), from, to));
        rows.removeIf(row -> row.id() < part.first() || row.id() > due.last());
        // One sender after another, so that a minute of a thousand of them is never in memory.
        rows.sort(Comparator.comparingInt(RawRows.Row::sender));
        Map<Interval, Cell> tens = new HashMap<>();
        Map<Interval, Cell> minutes = new HashMap<>();
        try (PreparedStatement points = RawRows.points(connection)) {
            for (int next = 0; next < rows.size(); ) {
                beforeEach.run();
                int sender = rows.get(next).sender();
                String instance = lookup.sender(sender);
                Map<Interval, Cell> own = new HashMap<>();
                for (; next < rows.size() && rows.get(next).sender() == sender; next++) {
                    RawRows.Row row = rows.get(next);
                    Cell ten = cell(
                            tens,
                            Interval.of(row.start(), row.end(), Tier.S10.cell().toMillis()));
                    Cell minute = cell(own, Interval.of(row.start(), row.end(), Pending.MINUTE_MILLIS));
                    ten.count(1);
                    minute.count(1);
                    try {
                        RawPoints.read(RawRows.points(points, row.id()), any -> true, (series, value) -> {
                            Series of = lookup.series(series);
                            ten.add(of, instance, value, row.end());
                            minute.add(of, null, value, row.end());
                        });
                    } catch (DamagedRowException damaged) {
                        lookup.damaged(damaged);
                    }
                }
                own.forEach((interval, cell) -> {
                    cell(minutes, interval).addAll(cell, instance, interval.end());
                    buffer.put(Tier.I60, service, interval, instance, part.source(), part.first(), cell);
                });
                if (buffer.full()) {
                    buffer.flush();
                }
            }
        }
        tens.forEach((at, cell) -> buffer.put(Tier.S10, service, at, null, part.source(), part.first(), cell));
        minutes.forEach((at, cell) -> buffer.put(Tier.S60, service, at, null, part.source(), part.first(), cell));
    }

    private static Cell cell(Map<Interval, Cell> cells, Interval interval) {
        return cells.computeIfAbsent(interval, absent -> new Cell());
    }

    /** The tiers have the parts: says so where it survives, then to readers. */
    private void finish(List<Pending.Due> done, long now) {
        Map<Long, List<Pending.Due>> bySource = new HashMap<>();
        done.forEach(due -> bySource.computeIfAbsent(due.part().source(), absent -> new ArrayList<>())
                .add(due));
        bySource.forEach((source, parts) -> {
            PeriodFile raw = raw(source);
            if (raw == null) {
                pending.lost(source);
                return;
            }
            raw.write(connection -> delete(connection, parts)).forEach(part -> pending.rolled(part, now));
        });
    }

    /** Those that no row has joined meanwhile; the others are rolled up again. */
    private static List<Pending.Due> delete(Connection connection, List<Pending.Due> parts) throws SQLException {
        List<Pending.Due> deleted = new ArrayList<>();
        try (PreparedStatement delete = connection.prepareStatement("""
                        DELETE FROM todo WHERE service = (SELECT id FROM service WHERE name = ?)
                          AND minute = ? AND first = ? AND last <= ?
                        """);
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO todo_ten (service, start) VALUES ((SELECT id FROM service WHERE name = ?), ?)
                        ON CONFLICT DO NOTHING
                        """)) {
            for (Pending.Due due : parts) {
                delete.setString(1, due.service());
                delete.setLong(2, due.part().minute());
                delete.setLong(3, due.part().first());
                delete.setLong(4, due.last());
                if (delete.executeUpdate() > 0) {
                    deleted.add(due);
                    insert.setString(1, due.service());
                    insert.setLong(2, Pending.ten(due.part().minute()));
                    insert.executeUpdate();
                }
            }
        }
        return deleted;
    }

    private void rollTen(Pending.DueTen due) {
        long source = due.ten().source();
        long from = due.ten().start();
        long to = from + Pending.TEN_MILLIS;
        // Cells that end here may begin in the half hour before, and are counted where they end.
        halfHours.changing(due.service(), from);
        buffer.clear(Tier.S600, due.service(), from, to, source, null);
        buffer.clear(Tier.I600, due.service(), from, to, source, null);
        rollTen(due, Tier.S60, Tier.S600, from, to);
        rollTen(due, Tier.I60, Tier.I600, from, to);
        buffer.flush();
        PeriodFile raw = raw(source);
        if (raw != null) {
            raw.write(connection -> {
                try (PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM todo_ten WHERE service = (SELECT id FROM service WHERE name = ?) AND start = ?")) {
                    delete.setString(1, due.service());
                    delete.setLong(2, from);
                    return delete.executeUpdate();
                }
            });
        }
        pending.rolledTen(due);
    }

    private void rollTen(Pending.DueTen due, Tier fine, Tier coarse, long from, long to) {
        for (PeriodFile file : directory.files(fine, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to))) {
            file.read(connection -> {
                NameCache.Lookup lookup = names.in(file, connection, due.service());
                // One metric after another: all of a thousand instances would be too much at a time.
                Set<Integer> metrics = new TreeSet<>(lookup.metrics());
                metrics.add(CellFile.WINDOWS);
                for (int metric : metrics) {
                    beforeEach.run();
                    TenRows rows = new TenRows(lookup, due.ten().source());
                    CellFile.read(connection, lookup.service(), from, to, List.of(metric), rows);
                    rows.cells.forEach((of, cell) -> buffer.put(
                            coarse,
                            due.service(),
                            of.interval,
                            of.instance,
                            due.ten().source(),
                            0,
                            cell));
                    if (buffer.full()) {
                        buffer.flush();
                    }
                }
                return metrics.size();
            });
        }
    }

    private record CellOf(Interval interval, @Nullable String instance) {}

    /** Cells of minutes of one source, added up to cells of ten. */
    private static final class TenRows implements CellFile.Rows {
        private final NameCache.Lookup lookup;
        private final long source;
        private final Map<CellOf, Cell> cells = new HashMap<>();

        TenRows(NameCache.Lookup lookup, long source) {
            this.lookup = lookup;
            this.source = source;
        }

        @Override
        public boolean wants(Interval interval, long rowSource, long part) {
            return rowSource == source;
        }

        @Override
        public void damaged(DamagedRowException row) {
            lookup.damaged(row);
        }

        @Override
        public void row(Interval interval, int metric, int sender, byte[] points) throws SQLException {
            CellOf of = new CellOf(interval.within(Pending.TEN_MILLIS), lookup.sender(sender));
            Cell cell = cells.computeIfAbsent(of, absent -> new Cell());
            if (metric == CellFile.WINDOWS) {
                cell.count(CellPoints.windows(points));
                return;
            }
            CellPoints.read(
                    points,
                    (series, instance, value) ->
                            cell.add(lookup.series(series), lookup.sender(instance), value, interval.end()));
        }
    }

    private @Nullable PeriodFile raw(long source) {
        for (PeriodFile file : directory.files(Tier.RAW)) {
            if (Intake.source(file) == source) {
                return file;
            }
        }
        return null;
    }
}
