package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.HistoryStore.Counted;
import dev.headroom.dashboard.store.HistoryStore.Hour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Counted PETS = new Counted("fast", "GET /pets", 7);
    private static final Counted ALL = new Counted("errors", "", -1);

    @TempDir
    Path directory;

    private SqliteMetricStore open;

    private HistoryStore store() {
        if (open == null) {
            open = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 20, InstantSource.system());
        }
        return open.history();
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private static Hour hour(int after, Map<Counted, long[]> counts) {
        Instant begin = NOON.plusSeconds(3600L * after);
        return new Hour(begin, begin.plusSeconds(3), begin.plusSeconds(3605), -5, counts);
    }

    private static void assertSame(Hour found, Hour expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void replacesAndRemovesStrips() {
        BudgetSubject pets = new BudgetSubject("shop", "fast", "GET /pets");
        BudgetSubject all = new BudgetSubject("shop", "errors", "");
        store().putStrips(Map.of(pets, new byte[] {1, 2}, all, new byte[] {3}), List.of());
        store().putStrips(Map.of(pets, new byte[] {4}), List.of(all));
        close();
        assertThat(store().strips()).containsOnlyKeys(pets);
        assertThat(store().strips().get(pets)).containsExactly(4);
    }

    @Test
    void keepsHoursOfAServiceUntilTheyAreTooOld() {
        Hour first = hour(0, Map.of(PETS, new long[] {100, 10, 5}));
        Hour second = hour(1, Map.of(PETS, new long[] {1L << 40, 2, 1}, ALL, new long[] {3, 2, 1}));
        store().putHours("shop", List.of(first, second), NOON);
        store().putHours("bank", List.of(first), NOON);
        close();
        List<Hour> found = store().hours("shop", NOON, NOON.plusSeconds(7200));
        assertThat(found).hasSize(2);
        assertSame(found.get(0), first);
        assertSame(found.get(1), second);
        assertThat(store().hours("shop", NOON, NOON.plusSeconds(3600))).hasSize(1);
        Hour again = hour(0, Map.of(PETS, new long[] {101, 10, 5}));
        store().putHours("shop", List.of(again), NOON);
        assertSame(store().hours("shop", NOON, NOON.plusSeconds(60)).get(0), again);
        store().putHours("shop", List.of(), NOON.plusSeconds(3600));
        assertThat(store().hours("shop", NOON, NOON.plusSeconds(7200))).hasSize(1);
        assertThat(store().hours("bank", NOON, NOON.plusSeconds(7200))).hasSize(1);
    }

    @Test
    void aSubjectLeavesWithTheLastHourThatNamesIt() {
        store().putHours("shop", List.of(hour(0, Map.of(PETS, new long[] {1, 0, 0}))), NOON);
        store().putHours("shop", List.of(hour(1, Map.of(ALL, new long[] {1, 0, 0}))), NOON.plusSeconds(3600));
        store().putHours("shop", List.of(hour(2, Map.of(PETS, new long[] {2, 0, 0}))), NOON.plusSeconds(3600));
        assertThat(store().hours("shop", NOON, NOON.plusSeconds(10_800)))
                .extracting(hour -> hour.counts().keySet().iterator().next())
                .containsExactly(ALL, PETS);
    }
}
