package dev.headroom.dashboard.store.local;

import java.sql.SQLException;

/** Adds the rows of a tier that are wanted to the slices. Not thread-safe. */
record CellAdding(NameCache.Lookup lookup, Slices slices, Wanted wanted) implements CellFile.Rows {
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
        if (metric == CellFile.WINDOWS) {
            slices.count(interval, CellPoints.windows(points));
            return;
        }
        Totals totals = slices.totals(interval);
        if (totals == null) {
            return;
        }
        String instance = lookup.sender(sender);
        CellPoints.read(points, (series, of, value) -> {
            String own = instance == null ? lookup.sender(of) : instance;
            totals.add(lookup.series(series), own, value, interval.end());
        });
    }
}
