package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges and slices of one service: first what is pending, at one moment; then the tiers, where the rows of what was pending at
 * that moment are skipped. Used by one thread at a time.
 */
final class RangeReader {
    private final StoreDirectory directory;
    private final Pending pending;
    private final NameCache names;
    private final Reach reach;
    private final HalfHours halfHours;
    private final Selection selection;
    private final boolean ahead;
    private final Edges edges;

    /** @param ahead it is read for those who will look, and longer for it */
    RangeReader(
            StoreDirectory directory,
            Pending pending,
            NameCache names,
            Reach reach,
            HalfHours halfHours,
            Selection selection,
            boolean ahead) {
        this.ahead = ahead;
        this.halfHours = halfHours;
        this.directory = directory;
        this.pending = pending;
        this.names = names;
        this.reach = reach;
        this.selection = selection;
        this.edges = new Edges(directory, pending, names, reach, selection.service(), selection.perInstance());
    }

    private long from() {
        return edges.notAfter(Grid.down(selection.range().from()));
    }

    private long to() {
        return edges.notBefore(Grid.up(selection.range().to()));
    }

    Reading whole() {
        return read(() -> new long[] {from(), to()}).get(0);
    }

    List<Reading> slices(Duration step) {
        return read(() -> edges(step));
    }

    private List<Reading> read(Supplier<long[]> found) {
        while (true) {
            long[] at = found.get();
            List<Reading> readings = edges.stand() ? read(at) : null;
            if (readings != null) {
                return readings;
            }
        }
    }

    private long[] edges(Duration step) {
        long stepMillis = Grid.up(step);
        long to = to();
        List<Long> at = new ArrayList<>();
        at.add(from());
        for (long edge = at.get(0) + stepMillis; edge < to; edge += stepMillis) {
            long good = Math.min(to, edges.notBefore(edge));
            if (good > at.get(at.size() - 1)) {
                at.add(good);
            }
        }
        if (at.get(at.size() - 1) < to) {
            at.add(to);
        }
        return at.stream().mapToLong(Long::longValue).toArray();
    }

    /** Null when the edges have to be found again: they lie within cells that were rolled up a moment ago. */
    private @Nullable List<Reading> read(long[] at) {
        boolean apart = selection.perInstance();
        Fold fold = names.fold(selection.by());
        Slices slices = new Slices(at, selection.metrics(), apart, fold);
        // Before the view: what changes after it must not be kept as it was before.
        BlockReader blocks = new BlockReader(directory, names, halfHours, selection.service(), fold, ahead);
        Pending.View view = pending.view(selection.service(), apart ? null : slices::add);
        for (long edge : at) {
            if (edges.cut(edge, view)) {
                return null;
            }
        }
        List<Plan.Section> sections = Plan.of(at, apart, reach);
        for (Plan.Section section : sections) {
            if (section.tier() == Tier.RAW) {
                rows(slices, section, null);
            } else if (section.tier() == Tier.S600 && !selection.metrics().isEmpty()) {
                halfHours(slices, section, view, blocks);
            } else {
                cells(slices, section, view);
            }
        }
        for (Pending.Part part : view.unread()) {
            if (!apart) {
                rows(slices, minute(part, slices.from(), slices.to()), part);
                continue;
            }
            for (Plan.Section section : sections) {
                if (section.tier() != Tier.RAW) {
                    rows(slices, minute(part, section.from(), section.to()), part);
                }
            }
        }
        return slices.readings();
    }

    private static Plan.Section minute(Pending.Part part, long from, long to) {
        return new Plan.Section(
                Tier.RAW, Math.max(from, part.minute()), Math.min(to, part.minute() + Pending.MINUTE_MILLIS));
    }

    /** The section's cells, by stretches of settled half hours where they lie in one slice. */
    private void halfHours(Slices slices, Plan.Section section, Pending.View view, BlockReader blocks) {
        long unread = section.from();
        long start = -Math.floorDiv(-section.from(), HalfHours.MILLIS) * HalfHours.MILLIS;
        while (start + HalfHours.MILLIS <= section.to()) {
            long end = stretch(start, slices, section, view);
            if (end == start) {
                start += HalfHours.MILLIS;
                continue;
            }
            if (unread < start) {
                cells(slices, new Plan.Section(Tier.S600, unread, start), view);
            }
            Interval interval = new Interval(start, end);
            Totals totals = Objects.requireNonNull(slices.only(interval));
            slices.count(interval, blocks.add(any -> totals, interval, selection.metrics()));
            start = end;
            unread = end;
        }
        if (unread < section.to()) {
            cells(slices, new Plan.Section(Tier.S600, unread, section.to()), view);
        }
    }

    /** Up to where half hours, from this one on, are settled and lie in one slice; the same time when this one is not. */
    private static long stretch(long start, Slices slices, Plan.Section section, Pending.View view) {
        long end = start;
        while (end + HalfHours.MILLIS <= section.to()
                && slices.only(new Interval(start, end + HalfHours.MILLIS)) != null
                && settled(new Interval(end, end + HalfHours.MILLIS), view)) {
            end += HalfHours.MILLIS;
        }
        return end;
    }

    private static boolean settled(Interval interval, Pending.View view) {
        for (Pending.Ten ten : view.tens()) {
            if (ten.start() >= interval.start() && ten.start() < interval.end()) {
                return false;
            }
        }
        return true;
    }

    /** The section's cells, but for those of what is pending. */
    private void cells(Slices slices, Plan.Section section, Pending.View view) {
        boolean ten = section.tier() == Tier.S600 || section.tier() == Tier.I600;
        each(
                section,
                (connection, lookup) -> CellFile.read(
                        connection,
                        lookup.service(),
                        section.from(),
                        section.to(),
                        wanted(lookup),
                        new CellAdding(
                                lookup,
                                slices,
                                selection.without(),
                                (interval, source, part) -> ten
                                        ? !view.tens()
                                                .contains(new Pending.Ten(Pending.ten(interval.end() - 1), source))
                                        : !view.holds(Pending.minute(interval.end()), source, part))));
        if (!ten) {
            return;
        }
        // Minutes of tens that are not rolled up to the end.
        Tier fine = section.tier() == Tier.S600 ? Tier.S60 : Tier.I60;
        Set<Long> starts = new HashSet<>();
        view.tens().forEach(pendingTen -> starts.add(pendingTen.start()));
        for (long start : starts) {
            if (start >= section.from() && start < section.to()) {
                Plan.Section minutes = new Plan.Section(fine, start, start + Pending.TEN_MILLIS);
                each(
                        minutes,
                        (connection, lookup) -> CellFile.read(
                                connection,
                                lookup.service(),
                                minutes.from(),
                                minutes.to(),
                                wanted(lookup),
                                new CellAdding(
                                        lookup,
                                        slices,
                                        selection.without(),
                                        (interval, source, part) -> view.tens().contains(new Pending.Ten(start, source))
                                                && !view.holds(Pending.minute(interval.end()), source, part))));
            }
        }
    }

    /**
     * Windows as they were received.
     *
     * @param part the only rows that count; null for all
     */
    private void rows(Slices slices, Plan.Section section, Pending.@Nullable Part part) {
        if (section.from() >= section.to()) {
            return;
        }
        for (PeriodFile file : directory.files(Tier.RAW)) {
            if (part == null || part.source() == Intake.source(file)) {
                file.read(connection -> {
                    NameCache.Lookup lookup = names.in(file, connection, selection.service());
                    return rows(connection, lookup, slices, section, part == null ? 0 : part.first());
                });
            }
        }
    }

    private int rows(Connection connection, NameCache.Lookup lookup, Slices slices, Plan.Section section, long first)
            throws SQLException {
        List<RawRows.Row> rows = RawRows.list(connection, lookup.service(), section.from(), section.to());
        Set<Integer> metrics = metrics(lookup);
        boolean all = selection.metrics().isEmpty();
        try (PreparedStatement points = RawRows.points(connection)) {
            for (RawRows.Row row : rows) {
                Totals totals = slices.totals(row.interval());
                if (totals == null || row.id() < first) {
                    continue;
                }
                String instance = lookup.sender(row.sender());
                if (instance != null && selection.without().contains(instance)) {
                    continue;
                }
                slices.count(row.interval(), 1);
                if (!all && metrics.isEmpty()) {
                    continue;
                }
                try {
                    RawPoints.read(
                            RawRows.points(points, row.id()),
                            metric -> all || metrics.contains(metric),
                            (series, value) -> totals.add(lookup.series(series), instance, value, row.end()));
                } catch (DamagedRowException damaged) {
                    lookup.damaged(damaged);
                }
            }
        }
        return rows.size();
    }

    private interface Visit {
        void file(Connection connection, NameCache.Lookup lookup) throws SQLException;
    }

    private void each(Plan.Section section, Visit visit) {
        for (PeriodFile file : directory.files(section.tier())) {
            if (file.end().toEpochMilli() <= section.from() || file.start().toEpochMilli() >= section.to()) {
                continue;
            }
            file.read(connection -> {
                NameCache.Lookup lookup = names.in(file, connection, selection.service());
                if (lookup.service() != 0) {
                    visit.file(connection, lookup);
                }
                return true;
            });
        }
    }

    private Set<Integer> metrics(NameCache.Lookup lookup) throws SQLException {
        return metrics(lookup, selection.metrics());
    }

    private static Set<Integer> metrics(NameCache.Lookup lookup, Set<String> names) throws SQLException {
        Set<Integer> ids = new HashSet<>();
        for (String metric : names) {
            int id = lookup.metric(metric);
            if (id != 0) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Null for all. */
    private @Nullable List<Integer> wanted(NameCache.Lookup lookup) throws SQLException {
        if (selection.metrics().isEmpty()) {
            return null;
        }
        return wanted(lookup, selection.metrics());
    }

    static List<Integer> wanted(NameCache.Lookup lookup, Set<String> names) throws SQLException {
        List<Integer> wanted = new ArrayList<>(metrics(lookup, names));
        wanted.add(CellFile.WINDOWS);
        return wanted;
    }
}
