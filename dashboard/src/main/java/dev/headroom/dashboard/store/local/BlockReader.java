package dev.headroom.dashboard.store.local;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads settled half hours, from memory where they are kept; keeps the others. Used by one thread at a time. */
final class BlockReader {
    private final StoreDirectory directory;
    private final NameCache names;
    private final HalfHours halfHours;
    private final String service;
    private final Fold fold;
    private final boolean ahead;
    private final long version;
    /** Something could not be read: what was read beside it is not kept. */
    private boolean damaged;

    /**
     * What changes from now on is not kept as it was.
     *
     * @param ahead stretches are made to their ends, for those who read after; otherwise one that is a little shorter will do
     */
    BlockReader(
            StoreDirectory directory, NameCache names, HalfHours halfHours, String service, Fold fold, boolean ahead) {
        this.directory = directory;
        this.names = names;
        this.halfHours = halfHours;
        this.service = service;
        this.fold = fold;
        this.ahead = ahead;
        this.version = halfHours.version(service);
    }

    /**
     * Adds a stretch of half hours.
     *
     * @param into where a metric's values go
     * @return the windows that it is made of
     */
    int add(Function<String, Totals> into, Interval interval, Set<String> metrics) {
        if (interval.length() < HalfHours.LEAST_STRETCH_MILLIS) {
            return blocks(into, interval, metrics);
        }
        Interval stretch = ahead
                ? interval
                : halfHours.stretch(
                        service, interval, metrics.stream().map(this::wanted).toList());
        Interval rest = new Interval(stretch.end(), interval.end());
        return kept(into, stretch, metrics) + blocks(into, rest, metrics);
    }

    private int kept(Function<String, Totals> into, Interval interval, Set<String> metrics) {
        List<PeriodFile> files = directory.files(
                Tier.S600, interval.range().from(), interval.range().to());
        long length = interval.length();
        Set<String> missing = new HashSet<>();
        int windows = 0;
        for (String metric : metrics) {
            int known = halfHours.addTo(into.apply(metric), service, interval.start(), length, wanted(metric), files);
            if (known < 0) {
                missing.add(metric);
            } else {
                windows = known;
            }
        }
        if (missing.isEmpty()) {
            return windows;
        }
        Map<String, Totals> read = new HashMap<>();
        windows = length == HalfHours.MILLIS
                ? rows(read, files, interval, missing)
                : blocks(metric -> read.computeIfAbsent(metric, absent -> new Totals(false, fold)), interval, missing);
        for (String metric : missing) {
            Totals totals = read.get(metric);
            if (totals != null) {
                totals.each(
                        (series, instance, value) -> into.apply(metric).add(series, instance, value, interval.end()));
            }
            if (!damaged) {
                halfHours.put(service, interval.start(), length, wanted(metric), files, totals, windows, version);
            }
        }
        return windows;
    }

    private HalfHours.Wanted wanted(String metric) {
        return new HalfHours.Wanted(metric, fold.by());
    }

    /** By quarters of a day that lie in it, but for itself, and half hours. */
    private int blocks(Function<String, Totals> into, Interval interval, Set<String> metrics) {
        int windows = 0;
        long start = interval.start();
        while (start < interval.end()) {
            boolean quarter = start % HalfHours.QUARTER_MILLIS == 0
                    && start + HalfHours.QUARTER_MILLIS <= interval.end()
                    && interval.length() > HalfHours.QUARTER_MILLIS;
            long end = start + (quarter ? HalfHours.QUARTER_MILLIS : HalfHours.MILLIS);
            windows += kept(into, new Interval(start, end), metrics);
            start = end;
        }
        return windows;
    }

    private int rows(Map<String, Totals> into, List<PeriodFile> files, Interval interval, Set<String> metrics) {
        HalfHourRows rows = new HalfHourRows(into, fold);
        for (PeriodFile file : files) {
            file.read(connection -> {
                rows.lookup = names.in(file, connection, service);
                CellFile.read(
                        connection,
                        rows.lookup.service(),
                        interval.start(),
                        interval.end(),
                        RangeReader.wanted(rows.lookup, metrics),
                        rows);
                return true;
            });
        }
        damaged |= rows.damaged;
        return rows.windows;
    }

    /** Everything that ends in the half hour, metric by metric. */
    private static final class HalfHourRows implements CellFile.Rows {
        private final Map<String, Totals> totals;
        private final Fold fold;
        private NameCache.@Nullable Lookup lookup;
        private int windows;
        private boolean damaged;

        HalfHourRows(Map<String, Totals> totals, Fold fold) {
            this.totals = totals;
            this.fold = fold;
        }

        @Override
        public boolean wants(Interval interval, long source, long part) {
            return true;
        }

        @Override
        public void damaged(DamagedRowException row) {
            damaged = true;
            Objects.requireNonNull(lookup).damaged(row);
        }

        @Override
        public void row(Interval interval, int metric, int sender, byte[] points) throws SQLException {
            if (metric == CellFile.WINDOWS) {
                windows += CellPoints.windows(points);
                return;
            }
            NameCache.Lookup names = Objects.requireNonNull(lookup);
            CellPoints.read(points, (series, of, value) -> {
                Series named = names.series(series);
                totals.computeIfAbsent(named.metric(), absent -> new Totals(false, fold))
                        .add(named, names.sender(sender == 0 ? of : sender), value, interval.end());
            });
        }
    }
}
