package dev.headroom.dashboard.run;

import dev.headroom.dashboard.budget.RangeEvaluation.Judged;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The distributions that are worth a picture: of budgets about durations, worst verdict first. Stateless. */
final class Pictures {
    private static final int MOST = 24;
    private static final int MOST_BARS = 48;

    private Pictures() {}

    static List<RunResult.Picture> of(List<Judged> items) {
        List<Judged> worst = new ArrayList<>(items);
        worst.sort(Comparator.comparing((Judged item) -> item.status().status())
                .reversed()
                .thenComparing(item -> item.status().id()));
        List<RunResult.Picture> pictures = new ArrayList<>();
        Set<String> drawn = new HashSet<>();
        for (Judged item : worst) {
            Value.Distribution durations = item.durations();
            boolean timed = !item.status().limitNanos().isEmpty();
            if (pictures.size() < MOST
                    && timed
                    && durations != null
                    && durations.histogram().bucketCount() > 0
                    && item.status().status() != Verdict.NO_DATA
                    && drawn.add(item.status().signal() + "\n" + item.status().subject())) {
                pictures.add(picture(item, durations, item.before()));
            }
        }
        return pictures;
    }

    private static RunResult.Picture picture(
            Judged item, Value.Distribution durations, Value.@Nullable Distribution before) {
        HistogramSnapshot histogram = durations.histogram();
        List<RunResult.Line> limits = new ArrayList<>();
        for (long nanos : item.status().limitNanos()) {
            long over = durations.limits().above(nanos);
            // "Less than 100 ms" travels as 99,999,999 ns.
            double seconds = Math.round(nanos / 1000.0) / 1e6;
            if (limits.stream().noneMatch(line -> line.seconds() == seconds)) {
                limits.add(new RunResult.Line(seconds, over < 0 ? null : over));
            }
        }
        return new RunResult.Picture(
                item.status().title(),
                item.status().subject(),
                item.status().status(),
                durations.calls(),
                histogram.quantile(0.5),
                histogram.quantile(0.95),
                histogram.quantile(0.99),
                histogram.max(),
                bars(histogram),
                before == null ? List.of() : bars(before.histogram()),
                limits);
    }

    /** Buckets put together until they are few. */
    private static List<RunResult.Bar> bars(HistogramSnapshot histogram) {
        int group = Math.max(1, (histogram.bucketCount() + MOST_BARS - 1) / MOST_BARS);
        Map<Integer, RunResult.Bar> bars = new TreeMap<>();
        for (int i = 0; i < histogram.bucketCount(); i++) {
            long count = histogram.bucket(i);
            if (count > 0) {
                int first = i / group * group;
                int last = Math.min(first + group, histogram.bucketCount()) - 1;
                RunResult.Bar bar =
                        new RunResult.Bar(histogram.bucketLowerBound(first), histogram.bucketUpperBound(last), count);
                bars.merge(first, bar, (a, b) -> new RunResult.Bar(a.low(), a.high(), a.count() + b.count()));
            }
        }
        return List.copyOf(bars.values());
    }
}
