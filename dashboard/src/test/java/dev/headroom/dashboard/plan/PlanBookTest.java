package dev.headroom.dashboard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.page.FixtureSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanBookTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final FixtureSettings settings = new FixtureSettings();
    private PlanBook book = new PlanBook(settings);

    private void explained(int hours, String line) {
        book.put(
                "shop",
                "f1",
                "SELECT 1",
                new Plan(List.of(line), List.of()),
                null,
                START.plus(Duration.ofHours(hours)));
    }

    private List<KeptPlan.Change> changes() {
        KeptPlan kept = book.of("shop", "f1");
        return kept == null ? List.of() : kept.changes();
    }

    @Test
    void keepsWhenAPlanBecameAnotherOne() {
        explained(0, "Index Scan");
        explained(1, "Index Scan");
        explained(2, "Seq Scan");
        explained(3, "Index Scan");
        assertThat(changes())
                .extracting(KeptPlan.Change::at)
                .containsExactly(START.plus(Duration.ofHours(2)), START.plus(Duration.ofHours(3)));
        assertThat(changes().get(0).from()).isEqualTo(changes().get(1).to());
        assertThat(changes().get(0).to())
                .isEqualTo(changes().get(1).from())
                .isNotEqualTo(changes().get(0).from());
    }

    @Test
    void aRefusedQuestionIsNoChange() {
        explained(0, "Index Scan");
        book.put("shop", "f1", "SELECT 1", null, "gone", START.plus(Duration.ofHours(1)));
        explained(2, "Index Scan");
        assertThat(changes()).isEmpty();
    }

    @Test
    void knowsTheChangesAfterARestartAndAtMostTwenty() {
        for (int i = 0; i < 30; i++) {
            explained(i, "plan " + i);
        }
        book = new PlanBook(settings);
        assertThat(changes()).hasSize(20);
        assertThat(changes().get(19).at()).isEqualTo(START.plus(Duration.ofHours(29)));
    }

    @Test
    void readsWhatWasStoredBeforeChangesWereKept() {
        explained(0, "Index Scan");
        String stored = settings.settings("plan").values().iterator().next();
        settings.put("plan", "shop\nf1", stored.replaceFirst(",\"changes\":\\[]", ""));
        assertThat(settings.settings("plan").values().iterator().next()).doesNotContain("changes");
        book = new PlanBook(settings);
        assertThat(changes()).isEmpty();
        explained(1, "Seq Scan");
        assertThat(changes()).hasSize(1);
    }
}
