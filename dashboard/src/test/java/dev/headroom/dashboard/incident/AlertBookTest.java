package dev.headroom.dashboard.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.store.BudgetSubject;
import dev.headroom.dashboard.store.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertBookTest {
    private static final BudgetSubject PETS = new BudgetSubject("shop", "fast", "GET /pets");

    private final Verdicts verdicts = new Verdicts();
    private AlertBook book = new AlertBook(List.of(), verdicts.clock);
    private final List<Incident> changes = new ArrayList<>();

    AlertBookTest() {
        verdicts.onEvaluated(any -> changes.addAll(book.take(verdicts.judged())));
    }

    private void judge(Verdict verdict, long seconds) {
        verdicts.judge(verdict, Duration.ofSeconds(seconds));
        verdicts.clock = verdicts.clock.plusSeconds(10);
    }

    @Test
    void raisesAnAlertOnlyAfterFor() {
        Instant begin = verdicts.clock;
        judge(Verdict.FAIL, 50);
        assertThat(changes).isEmpty();
        assertThat(book.pendingSince(PETS)).isEqualTo(begin);
        judge(Verdict.FAIL, 0);
        assertThat(changes).singleElement().satisfies(opened -> {
            assertThat(opened.began()).isEqualTo(begin);
            assertThat(opened.opened()).isEqualTo(begin.plusSeconds(60));
            assertThat(opened.open()).isTrue();
            assertThat(opened.severity()).isEqualTo("page");
            assertThat(opened.first().sentence()).startsWith("38 of 412 requests");
            assertThat(opened.first().probability()).isEqualTo(0.0003);
            assertThat(opened.first().n()).isEqualTo(412);
        });
        assertThat(book.pendingSince(PETS)).isNull();
    }

    @Test
    void aFailThatDoesNotHoldRaisesNothing() {
        for (int i = 0; i < 10; i++) {
            judge(Verdict.FAIL, 50);
            judge(i % 2 == 0 ? Verdict.WARN : Verdict.NO_DATA, 0);
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void clearsAnAlertOnlyAfterKeep() {
        judge(Verdict.FAIL, 120);
        judge(Verdict.PASS, 290);
        assertThat(changes).hasSize(1);
        judge(Verdict.PASS, 0);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).id()).isEqualTo(changes.get(0).id());
        assertThat(changes.get(1).closing()).isEqualTo("kept for 5 min");
        assertThat(changes.get(1).last()).isNotNull();
        assertThat(book.open()).isEmpty();
    }

    @Test
    void aFailThatComesBackWithinKeepIsTheSameIncident() {
        judge(Verdict.FAIL, 120);
        for (int i = 0; i < 5; i++) {
            judge(Verdict.PASS, 200);
            judge(Verdict.FAIL, 0);
        }
        judge(Verdict.PASS, 300);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).returns()).isEqualTo(5);
        assertThat(changes.get(1).id()).isEqualTo(changes.get(0).id());
    }

    @Test
    void noDataNeitherClearsNorRaisesUntilAnHourHasPassed() {
        judge(Verdict.FAIL, 120);
        judge(Verdict.NO_DATA, 3590);
        assertThat(changes).hasSize(1);
        judge(Verdict.NO_DATA, 0);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).closing()).isEqualTo("no data for 1 h");
    }

    @Test
    void severityNoneOpensNone() {
        verdicts.severity = "none";
        judge(Verdict.FAIL, 3600);
        assertThat(changes).isEmpty();
    }

    @Test
    void aWaiverEndsAnAlertAndItsEndRaisesAnother() {
        judge(Verdict.FAIL, 120);
        verdicts.waived = true;
        judge(Verdict.FAIL, 60);
        verdicts.waived = false;
        judge(Verdict.FAIL, 0);
        assertThat(changes).extracting(Incident::waived).containsExactly(false, false, true, true, false);
        assertThat(changes).extracting(Incident::open).containsExactly(true, false, true, false, true);
        assertThat(changes.get(1).closing()).isEqualTo("it is waived now");
        assertThat(changes.stream().map(Incident::id).distinct()).hasSize(3);
    }

    @Test
    void aFailThatHoldsAcrossARestartStaysTheSameIncident() {
        judge(Verdict.FAIL, 120);
        Incident before = book.open().get(0);
        verdicts.clock = verdicts.clock.plusSeconds(3600);
        book = new AlertBook(List.of(before), verdicts.clock);
        judge(Verdict.NO_DATA, 30);
        judge(Verdict.FAIL, 600);
        assertThat(changes).hasSize(1);
        assertThat(book.open())
                .singleElement()
                .satisfies(same -> assertThat(same.id()).isEqualTo(before.id()));
    }

    @Test
    void oneThatEndedWhileTheDashboardWasDownIsClosedWithThatSaid() {
        judge(Verdict.FAIL, 120);
        Incident before = book.open().get(0);
        verdicts.clock = verdicts.clock.plusSeconds(3600);
        book = new AlertBook(List.of(before), verdicts.clock);
        judge(Verdict.PASS, 0);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).closing())
                .isEqualTo("it ended after " + before.lastFailed() + ", while the dashboard did not run");
        assertThat(changes.get(1).id()).isEqualTo(before.id());
    }

    @Test
    void aShortRestartDoesNotCutKeepShort() {
        judge(Verdict.FAIL, 120);
        Incident before = book.open().get(0);
        book = new AlertBook(List.of(before), verdicts.clock);
        judge(Verdict.PASS, 290);
        assertThat(changes).hasSize(1);
        judge(Verdict.PASS, 0);
        assertThat(changes.get(1).closing()).isEqualTo("kept for 5 min");
    }

    @Test
    void whatIsNotJudgedAnyMoreIsClosedWithTheReason() {
        judge(Verdict.FAIL, 120);
        verdicts.put(Verdicts.status("other", "", Verdict.PASS));
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).closing()).startsWith("the budget is not judged any more");
    }

    @Test
    void aServiceThatNobodyJudgesIsClosedAfterAnHour() {
        judge(Verdict.FAIL, 120);
        assertThat(book.sweep(verdicts.clock.plusSeconds(3000))).isEmpty();
        assertThat(book.sweep(verdicts.clock.plusSeconds(3700)))
                .singleElement()
                .satisfies(closed -> assertThat(closed.open()).isFalse());
    }

    @Test
    void anEvaluationThatIsToldTwiceCountsOnce() {
        judge(Verdict.FAIL, 60);
        assertThat(book.take(verdicts.judged())).isEmpty();
        assertThat(changes).hasSize(1);
    }
}
