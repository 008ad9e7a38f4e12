package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves a range's ends outwards until they cut neither a cell of the finest tier that still knows the time nor a stored window. A
 * merged window (after an outage) can be minutes long; the range grows until it contains every window that it touches, so that a
 * call is never counted in part nor left out. Times are Unix milliseconds. Used by one thread.
 */
final class Edges {
    private final StoreDirectory directory;
    private final Pending pending;
    private final NameCache names;
    private final Reach reach;
    private final String service;
    private final boolean perInstance;
    /** Whether files hold no window of the service across a cell: most do not, and a hundred edges ask. */
    private final Map<PeriodFile, Boolean> smooth = new HashMap<>();

    Edges(
            StoreDirectory directory,
            Pending pending,
            NameCache names,
            Reach reach,
            String service,
            boolean perInstance) {
        this.directory = directory;
        this.pending = pending;
        this.names = names;
        this.reach = reach;
        this.service = service;
        this.perInstance = perInstance;
    }

    /** The last good time at or before {@code time}. */
    long notAfter(long time) {
        long low = time;
        while (true) {
            long cell = cell(low);
            long start = Math.floorDiv(low, cell) * cell;
            Interval cut = cutAt(start);
            if (cut == null && start == low) {
                return low;
            }
            low = cut == null ? start : cut.start();
        }
    }

    /** The first good time at or after {@code time}. */
    long notBefore(long time) {
        long high = time;
        while (true) {
            long cell = cell(high);
            long end = -Math.floorDiv(-high, cell) * cell;
            Interval cut = cutAt(end);
            if (cut == null && end == high) {
                return high;
            }
            high = cut == null ? end : cut.end();
        }
    }

    /** Whether a time that was good is so no more, for the cell around it has been rolled up since. */
    boolean cut(long time, Pending.View view) {
        return finest(time) == Tier.S10 && time % Tier.S10.cell().toMillis() != 0 && rolledAround(time, view);
    }

    private @Nullable Tier finest(long time) {
        Tier finest = null;
        for (Tier tier : Plan.tiers(perInstance)) {
            if (reach.reaches(tier, time)) {
                finest = tier;
            }
        }
        return finest;
    }

    /** The length of the cells that the time must not cut. */
    private long cell(long time) {
        Tier tier = finest(time);
        if (tier == null) {
            return Grid.CELL_MILLIS;
        }
        long cell = tier.cell().toMillis();
        // The newest seconds are known finer than the tiers have them.
        return tier == Tier.S10 && time % cell != 0 && !rolledAround(time, pending.view(service, null))
                ? Grid.CELL_MILLIS
                : cell;
    }

    private boolean rolledAround(long time, Pending.View view) {
        return inFiles(
                        Tier.S10,
                        time,
                        time,
                        (connection, id) -> CellFile.hasCellAround(
                                        connection, id, time, Tier.S10.cell().toMillis(), new Unpended(view))
                                ? new Interval(time - 1, time)
                                : null)
                != null;
    }

    private record Unpended(Pending.View view) implements CellFile.Rows {
        @Override
        public boolean wants(Interval interval, long source, long part) {
            return !view.holds(Pending.minute(interval.end()), source, part);
        }

        @Override
        public void row(Interval interval, int metric, int sender, byte[] points) {}

        @Override
        public void damaged(DamagedRowException row) {}
    }

    private @Nullable Interval cutAt(long time) {
        Interval cut = perInstance ? null : pending.cutAt(service, time);
        Tier tier = finest(time);
        if (tier != null && tier != Tier.RAW) {
            Interval stored = crossing(tier, time, (connection, id) -> CellFile.cutAt(connection, id, time));
            cut = stored == null ? cut : stored.with(cut);
        }
        if (perInstance || pending.unread(service)) {
            Interval raw = crossing(Tier.RAW, time, (connection, id) -> RawRows.cutAt(connection, id, time));
            cut = raw == null ? cut : raw.with(cut);
        }
        return cut;
    }

    private interface Question {
        @Nullable
        Interval ask(Connection connection, int service) throws SQLException;
    }

    private @Nullable Interval crossing(Tier tier, long time, Question question) {
        Interval all = null;
        for (PeriodFile file : directory.files(tier)) {
            if ((tier == Tier.RAW || file.end().toEpochMilli() > time) && !smooth(file)) {
                Interval answer = ask(file, question);
                all = answer == null ? all : answer.with(all);
            }
        }
        return all;
    }

    private @Nullable Interval inFiles(Tier tier, long from, long to, Question question) {
        Interval all = null;
        for (PeriodFile file : directory.files(tier)) {
            if (tier != Tier.RAW
                    && (file.end().toEpochMilli() <= from || file.start().toEpochMilli() > to)) {
                continue;
            }
            Interval answer = ask(file, question);
            all = answer == null ? all : answer.with(all);
        }
        return all;
    }

    private @Nullable Interval ask(PeriodFile file, Question question) {
        return file.<Optional<Interval>>read(connection -> {
                    NameCache.Lookup lookup = names.in(file, connection, service);
                    return lookup.service() == 0
                            ? Optional.empty()
                            : Optional.ofNullable(question.ask(connection, lookup.service()));
                })
                .orElse(Optional.empty())
                .orElse(null);
    }

    private boolean smooth(PeriodFile file) {
        return smooth.computeIfAbsent(file, this::smoothNow);
    }

    private boolean smoothNow(PeriodFile file) {
        return file.read(connection -> {
                    NameCache.Lookup lookup = names.in(file, connection, service);
                    return lookup.service() == 0 || !RawRows.anyCrossing(connection, lookup.service());
                })
                .orElse(true);
    }

    /**
     * Whether edges that were found are good still: no window across a cell has come, since the first of them was asked for, to a file
     * that had none. Otherwise all are to be found again.
     */
    boolean stand() {
        boolean stand = true;
        for (Map.Entry<PeriodFile, Boolean> file : smooth.entrySet()) {
            stand &= !file.getValue() || smoothNow(file.getKey());
        }
        smooth.clear();
        return stand;
    }
}
