package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.RunStore;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateRunsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path directory;

    private StoreDirectory open() {
        return StoreDirectory.open(directory, StoreTables::of, () -> BEGIN);
    }

    private static RunStore.Run run(String id, String name, int minute, boolean finished) {
        Instant from = BEGIN.plusSeconds(60L * minute);
        return new RunStore.Run(id, name, "shop", from, finished ? from.plusSeconds(30) : null, "text of " + id);
    }

    private static List<SeriesData> data(int series) {
        List<SeriesData> data = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            ExponentialHistogram histogram = new ExponentialHistogram();
            histogram.record(0.001 * (i + 1));
            LimitCounts limits = new LimitCounts(new long[] {5_000_000}, new long[] {i, 1});
            Map<String, String> attributes = new TreeMap<>(Map.of("db.query.text", "SELECT " + Math.pow(i, 7)));
            data.add(new SeriesData(
                    new SeriesKey("db.client.operation.duration", attributes),
                    null,
                    new Value.Distribution(histogram.snapshot(), limits, 0)));
        }
        data.add(new SeriesData(new SeriesKey("cache.gets", Map.of("cache", "pet:*")), null, new Value.Sum(7)));
        return data;
    }

    @Test
    void aRunAndItsDataSurviveARestart() {
        try (StoreDirectory opened = open()) {
            RunStore runs = new StateRuns(opened.state());
            runs.put(run("r-1", "main", 0, false), List.of());
            assertThat(runs.newest("shop", "main")).as("it goes on").isEmpty();
            runs.put(run("r-1", "main", 0, true), data(50));
        }
        try (StoreDirectory opened = open()) {
            RunStore runs = new StateRuns(opened.state());
            assertThat(runs.find("r-1")).contains(run("r-1", "main", 0, true));
            assertThat(runs.newest("shop", "main")).contains(run("r-1", "main", 0, true));
            assertThat(runs.newest("other", "main")).isEmpty();
            assertThat(runs.data("r-1")).isEqualTo(data(50));
            assertThat(runs.data("r-2")).isEmpty();
            assertThat(runs.remove("r-1")).isTrue();
            assertThat(runs.remove("r-1")).isFalse();
            assertThat(runs.newest((String) null, 10)).isEmpty();
        }
    }

    @Test
    void theOldestLeaveAndBeforeThemTheirData() {
        try (StoreDirectory opened = open()) {
            int size = PackedSeries.pack(data(200)).length;
            RunStore runs = new StateRuns(opened.state(), 4, 2L * size + 100);
            for (int i = 0; i < 6; i++) {
                runs.put(run("r-" + i, "main", i, true), data(200));
            }
            assertThat(runs.newest("shop", 10))
                    .extracting(RunStore.Run::id)
                    .containsExactly("r-5", "r-4", "r-3", "r-2");
            assertThat(runs.data("r-5")).isNotEmpty();
            assertThat(runs.data("r-4")).isNotEmpty();
            assertThat(runs.data("r-3")).isEmpty();
            assertThat(runs.newest((String) null, 2))
                    .extracting(RunStore.Run::id)
                    .containsExactly("r-5", "r-4");
        }
    }
}
