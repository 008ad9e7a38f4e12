package dev.headroom.dashboard.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.Incident;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentNewsTest {
    private static final Incident.Moment FAILED = new Incident.Moment(
            Samples.NOON, "FAIL", "130 ms", "p95(duration) < 100ms", null, 412, 38, 0.0003, "38 of 412 requests");

    private final List<News> told = new ArrayList<>();
    private final BudgetFile file = new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse("budgets.yaml", """
            version: 1
            budgets:
              - { id: fast, signal: http, measure: p95(duration), target: "< 100ms", owner: shop team, runbook: "https://wiki/fast" }
            """);
    private final IncidentNews news = new IncidentNews(told::addAll, file::budgets);

    private static Incident incident(boolean waived) {
        return new Incident(
                "i-1",
                "shop",
                "fast",
                "Fast",
                "GET /",
                "page",
                waived,
                Samples.NOON.minusSeconds(60),
                Samples.NOON,
                Samples.NOON,
                null,
                null,
                0,
                FAILED,
                null);
    }

    @Test
    void tellsTheVerdictWithOwnerAndRunbook() {
        news.opened(incident(false));
        assertThat(told).singleElement().satisfies(opened -> {
            assertThat(opened.id()).isEqualTo("i-1:opened");
            assertThat(opened.verdict()).isEqualTo("FAIL");
            assertThat(opened.owner()).isEqualTo("shop team");
            assertThat(opened.runbook()).isEqualTo("https://wiki/fast");
            assertThat(opened.at()).isEqualTo(Samples.NOON);
        });
    }

    @Test
    void whatIsWaivedIsToldToNobody() {
        news.opened(incident(true));
        news.closed(incident(true).close(Samples.NOON.plusSeconds(60), "kept", null));
        assertThat(told).isEmpty();
    }

    @Test
    void anEndWithoutAVerdictSaysWhyItEnded() {
        news.closed(incident(false).close(Samples.NOON.plusSeconds(3600), "no data for 1 h", null));
        assertThat(told).singleElement().satisfies(closed -> {
            assertThat(closed.verdict()).isEqualTo("NO DATA");
            assertThat(closed.sentence()).isEqualTo("It ended: no data for 1 h.");
            assertThat(closed.current()).isNull();
            assertThat(closed.length()).hasHours(1);
        });
    }
}
