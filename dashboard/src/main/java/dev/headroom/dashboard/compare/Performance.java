package dev.headroom.dashboard.compare;

import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one operation did on one side, in total and slice by slice. Not thread-safe. */
final class Performance {
    private static final int FEWEST_IN_SLICE = 3;

    private final List<Slice> slices = new ArrayList<>();
    private Value.@Nullable Distribution total;
    private long failed;
    private double hits;
    private double misses;
    private double statements;
    private double counted;

    /** A stretch of the side: enough of them show how much the figures differ by themselves. */
    private static final class Slice {
        private Value.@Nullable Distribution times;
        private double hits;
        private double misses;
        private double statements;
        private double counted;
    }

    Performance(int slices) {
        for (int i = 0; i < slices; i++) {
            this.slices.add(new Slice());
        }
    }

    void addTimes(int slice, Value.Distribution times, boolean failure) {
        Slice at = slices.get(slice);
        at.times = at.times == null ? times : at.times.merge(times);
        total = total == null ? times : total.merge(times);
        failed += failure ? times.calls() : 0;
    }

    void addLookups(int slice, double amount, boolean hit) {
        slices.get(slice).hits += hit ? amount : 0;
        slices.get(slice).misses += hit ? 0 : amount;
        hits += hit ? amount : 0;
        misses += hit ? 0 : amount;
    }

    /** How many statements each request sent. */
    void addStatements(int slice, Value.Distribution amounts) {
        slices.get(slice).statements += amounts.histogram().sum();
        slices.get(slice).counted += amounts.histogram().count();
        statements += amounts.histogram().sum();
        counted += amounts.histogram().count();
    }

    long calls() {
        return total == null ? Math.round(hits + misses) : total.calls();
    }

    long failed() {
        return failed;
    }

    long lookups() {
        return Math.round(hits + misses);
    }

    long hits() {
        return Math.round(hits);
    }

    /** Seconds spent in all calls together. */
    double seconds() {
        return total == null ? 0 : total.histogram().sum();
    }

    Value.@Nullable Distribution total() {
        return total;
    }

    @Nullable
    Double statementsPerCall() {
        return counted == 0 ? null : Double.valueOf(statements / counted);
    }

    /** The quantile of every slice that has enough calls for one. */
    List<Double> quantiles(double q) {
        List<Double> values = new ArrayList<>();
        for (Slice slice : slices) {
            if (slice.times != null && slice.times.histogram().count() >= FEWEST_IN_SLICE) {
                values.add(slice.times.histogram().quantile(q));
            }
        }
        return values;
    }

    List<Double> hitRatios() {
        List<Double> values = new ArrayList<>();
        for (Slice slice : slices) {
            if (slice.hits + slice.misses >= FEWEST_IN_SLICE) {
                values.add(slice.hits / (slice.hits + slice.misses));
            }
        }
        return values;
    }

    List<Double> statementsOfSlices() {
        List<Double> values = new ArrayList<>();
        for (Slice slice : slices) {
            if (slice.counted >= FEWEST_IN_SLICE) {
                values.add(slice.statements / slice.counted);
            }
        }
        return values;
    }
}
