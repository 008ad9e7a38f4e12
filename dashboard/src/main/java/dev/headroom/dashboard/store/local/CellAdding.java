package dev.headroom.dashboard.store.local;

import java.sql.SQLException;
import java.util.Set;

/**
 * Adds the rows of a tier that are wanted to the slices. Not thread-safe.
 *
 * @param without instances whose rows are left out
 */
record CellAdding(NameCache.Lookup lookup, Slices slices, Set<String> without, Wanted wanted) implements CellFile.Rows {
    /** Which rows of a cell file count. */
    interface Wanted {
        boolean test(Interval interval, long source, long part);
    }

    @Override
    public boolean wants(Interval interval, long source, long part) {
        return slices.holds(interval) && wanted.test(interval, source, part);
    }

    @Override
    public void damaged(DamagedRowException row) {
        lookup.damaged(row);
    }

    @Override
    public void row(Interval interval, int metric, int sender, byte[] points) throws SQLException {
        String instance = lookup.sender(sender);
        if (instance != null && without.contains(instance)) {
            return;
        }
        if (metric == CellFile.WINDOWS) {
            slices.count(interval, CellPoints.windows(points));
            return;
        }
        Totals totals = slices.totals(interval);
        if (totals == null) {
            return;
        }
        CellPoints.read(points, (series, of, value) -> {
            String own = instance == null ? lookup.sender(of) : instance;
            totals.add(lookup.series(series), own, value, interval.end());
        });
    }
}
