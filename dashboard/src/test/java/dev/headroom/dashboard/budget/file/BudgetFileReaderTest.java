package dev.headroom.dashboard.budget.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetFileReaderTest {
    private final BudgetFileReader reader = new BudgetFileReader(LocalDate.of(2026, 11, 21));

    private BudgetFile parse(String yaml) {
        return reader.parse("budgets.yaml", yaml);
    }

    private static String budget(String entries) {
        return "version: 1\nbudgets:\n  - { id: x, " + entries + " }\n";
    }

    @Test
    void theRecommendedPackHoldsTheFiguresOfTheGuides() {
        BudgetFile file = reader.read("headroom:recommended");
        assertThat(file.budgets()).hasSize(77);
        assertThat(file.testBudgets()).hasSize(15);
        assertThat(file.loadBudgets()).hasSize(4);
        assertThat(file.capture()).hasSize(8);
        assertThat(file.classes()).extracting(RequestClass::name).startsWith("health", "cached-read");
        assertThat(file.warnings()).isEmpty();
        Budget p95 = find(file, "http-p95");
        assertThat(p95.target()).hasToString("< 500ms");
        assertThat(p95.accepted()).hasToString("< 1s");
        assertThat(p95.knobs().severity()).isEqualTo(Knobs.Severity.PAGE);
        assertThat(find(file, "cached-speedup").measure())
                .hasToString("ratio(p50(duration | cache=miss), p50(duration | cache=hit))");
        assertThat(find(file, "cache-hit").allowance(find(file, "cache-hit").accepted()))
                .isEqualByComparingTo("0.3");
    }

    private static Budget find(BudgetFile file, String id) {
        return file.budgets().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFileThatExtendsAPackGivesItsDefaultsAndReplacesById() {
        BudgetFile file = parse("""
                version: 1
                extends: [headroom:jvm]
                defaults: { warmup: 5s, window: 1m }
                budgets:
                  - { id: memory, signal: process, measure: max(memory.rss), target: "< 3GB" }
                  - { id: cpu-peak, signal: process, measure: max(cpu.utilization), target: "< 90%", enabled: false }
                """);
        assertThat(file.budgets()).hasSize(13);
        assertThat(find(file, "memory").target()).hasToString("< 3GB");
        assertThat(find(file, "cpu-avg").knobs().warmup()).isEqualTo(Duration.ofSeconds(5));
        assertThat(find(file, "pool-leaks").knobs().window()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void waiversThatRanOutAreWarnings() {
        BudgetFile file = parse("""
                version: 1
                extends: [headroom:jvm]
                waivers:
                  - { budget: memory, until: "2026-11-20", reason: "bigger machine ordered" }
                  - { budget: memory, until: "2026-11-21", reason: "bigger machine ordered" }
                """);
        assertThat(file.warnings()).singleElement().asString().contains("memory", "2026-11-20");
        assertThat(file.waivers()).hasSize(2);
    }

    @Test
    void wordsThatYamlTakesForBooleansStayWords() {
        assertThatThrownBy(() -> parse("version: 1\nbudgets:\n  - { on: http }\n"))
                .hasMessageStartingWith("budgets.yaml:3:7: budgets[0]: found \"on\"; expected one of id, signal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            signal: http, measure: p95(durration), target: "< 1s" | 3:41 | Did you mean "duration"?
            signal: htp, measure: p95(duration), target: "< 1s" | 3:22 | Did you mean "http"?
            signal: http, measure: p95(duration), targt: "< 1s" | 3:52 | Did you mean "target"?
            signal: http, measure: p100(duration), target: "< 1s" | 3:37 | above 0 and below 100
            signal: http, measure: avrg(duration), target: "< 1s" | 3:37 | Did you mean "avg"?
            signal: http, measure: p95(duration), target: "<1s" | 3:61 | one blank
            signal: http, measure: p95(duration), target: "< 1sec" | 3:64 | no unit
            signal: http, measure: p95(duration), target: "< 5%" | 3:61 | a duration such as 50ms
            signal: http, measure: p95(duration), target: "< 100ms", acceptable: "< 50ms" | 3:84 | looser than the target
            signal: http, measure: p95(duration), target: "<= +10%" | 3:61 | needs the key compare
            signal: http, measure: p95(duration), target: "< 1s", where: { clas: list } | 3:77 | Did you mean "class"?
            signal: http, measure: p95(duration), target: "< 1s", where: { class: lst } | 3:84 | Did you mean "list"?
            signal: http, measure: p95(duration), target: "< 1s", where: { cache: hits } | 3:84 | Did you mean "hit"?
            signal: http, measure: p95(duration), target: "< 1s", per: [rout] | 3:74 | Did you mean "route"?
            signal: http, measure: share(), target: "< 1%" | 3:43 | share needs a condition
            signal: http, measure: share(status > 5xx), target: "< 1%" | 3:52 | expected = or !=
            signal: http, measure: share(duration > 5), target: "< 1%" | 3:54 | a duration such as 50ms
            signal: http, measure: p95(duration), target: "< 1s", min_bad: 0 | 3:77 | whole number
            signal: http, measure: p95(duration), target: "< 1s", confidence: 1 | 3:80 | less than 1
            signal: http, measure: p95(duration), target: "< 1s", window: 5 | 3:76 | a duration such as 30s
            signal: http, measure: p95(duration) | 3:5 | the key target
            signal: http, measure: p95(duration), target: "< 0ms" | 3:61 | nothing is below 0
            signal: http, measure: share(status = 5xx), target: "> 100%" | 3:67 | nothing is above 100%
            signal: http, measure: share(status = 5xx), target: "< 101%" | 3:67 | from 0% to 100%
            signal: http, measure: share(status = 5x), target: "< 1%" | 3:52 | such as 404 or 5xx
            signal: cache, measure: share(result = hits), target: ">= 80%" | 3:53 | Did you mean "hit"?
            signal: db, measure: share(outcome = eror), target: "< 1%" | 3:51 | Did you mean "error"?
            signal: http, measure: avg(status), target: "< 1" | 3:41 | status is no number
            signal: pool, measure: share(utilization > 80%), target: "< 5%" | 3:43 | read from time to time
            signal: http, measure: p95(duration), target: "<= -120%", compare: { to: previous-window } | 3:61 | less than nothing
            signal: http, measure: p95(duration), target: "<= +10%", compare: { to: "range:a" } | 3:87 | range:FROM/TO
            signal: http, measure: p95(duration), target: "<= +10%", compare: { to: last-week } | 3:86 | same-time-last-week
            signal: http, measure: p95(duration), target: "< 1s", where: { method: GTE } | 3:85 | Did you mean "GET"?
            signal: http, measure: p95(duration), target: "< 1s", where: { route: ["!GET /a", "GET /b"] } | 3:84 | begin with ! or none
            signal: http, measure: p95(duration), target: "< 1s", where: { status: !5xx } | 3:85 | in quotes
            signal: http, measure: p95(duration), target: "< 1s", burn: off | 3:74 | expected none
            signal: http, measure: p95(duration), target: "< 1s", enabled: yes | 3:77 | one of true, false
            signal: db, measure: count(), target: "= 0", where: { rows: 1000 } | 3:74 | a quoted comparison
            signal: http, measure: p95(duration), target: "< 1s", id: y | 3:68 | each key once
            """)
    void mistakesAreNamedWithTheirPlace(String entries, String place, String hint) {
        assertThatThrownBy(() -> parse(budget(entries)))
                .isInstanceOf(BudgetFileException.class)
                .hasMessageStartingWith("budgets.yaml:" + place + ": ")
                .hasMessageContaining(hint);
    }

    @Test
    void mistakesOutsideOfBudgetsAreNamedToo() {
        assertFault("version: 2", "1:10", "expected 1");
        assertFault("budgets: []", "1:1", "version: 1");
        assertFault("version: 1\nbudget: []", "2:1", "Did you mean \"budgets\"?");
        assertFault("version: 1\nextends: [headroom:recomended]", "2:11", "Did you mean \"headroom:recommended\"?");
        assertFault("version: 1\ndefaults: { confidnce: 0.9 }", "2:13", "Did you mean \"confidence\"?");
        assertFault("version: 1\ncapture: { slow_qery: {} }", "2:12", "Did you mean \"slow_query\"?");
        assertFault("version: 1\nclasses: { x: { htp: a } }", "2:17", "Did you mean \"http\"?");
        assertFault("version: 1\nversion: 1", "2:1", "each key once");
        assertFault("version: 1\nbudgets: { a: b }", "2:10", "a list of budgets");
        assertFault(
                "version: 1\nextends: [headroom:jvm]\nwaivers: [ { budget: memry, until: \"2027-01-01\", reason: why } ]",
                "3:22",
                "Did you mean \"memory\"?");
        assertFault(
                "version: 1\nextends: [headroom:jvm]\nwaivers: [ { budget: memory, until: \"2027-02-30\", reason: why } ]",
                "3:38",
                "a real date");
        assertFault("version: 1\nbudgets: [ {", "2:13", "no valid YAML");
        assertFault("", "1:1", "an empty file");
    }

    private void assertFault(String yaml, String place, String hint) {
        assertThatThrownBy(() -> parse(yaml))
                .as(yaml)
                .hasMessageStartingWith("budgets.yaml:" + place + ": ")
                .hasMessageContaining(hint);
    }

    @Test
    void anIdHasSixtyThreeCharactersAtMost() {
        String id = "x".repeat(63);
        String rest = ", signal: http, measure: count(), target: \"= 0\" }";
        assertThat(parse("version: 1\nbudgets:\n  - { id: " + id + rest).budgets())
                .hasSize(1);
        assertFault("version: 1\nbudgets:\n  - { id: x" + id + rest, "3:11", "at most 63");
        assertFault("version: 1\nbudgets:\n  - { id: X" + rest, "3:11", "lower-case");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> parse("""
                version: 1
                defaults: { windw: 5m }
                budgets:
                  - { id: a, signal: http, measure: p95(duration), target: "<1s" }
                  - { id: b, signal: http, measure: p95(duration), target: "< 1s" }
                  - { id: b, signal: http, measure: p95(duration), target: "< 1s" }
                """)).isInstanceOfSatisfying(BudgetFileException.class, wrong -> {
            assertThat(wrong.problems())
                    .extracting(BudgetFileException.Problem::line)
                    .containsExactly(2, 4, 6);
            assertThat(wrong.problems().get(1).found()).isEqualTo("\"<1s\"");
            assertThat(wrong.problems().get(1).column()).isEqualTo(61);
            assertThat(wrong).hasMessageContaining("windw").hasMessageContaining("stands twice");
        });
    }

    @Test
    void classesSayOnlyWhatRequestsCanBe() {
        assertFault("version: 1\nclasses: { x: { db: { verb: 7 } } }", "2:29", "a verb such as SELECT");
        assertFault("version: 1\nclasses: { x: { db: { rows: many } } }", "2:29", "a quoted comparison");
        assertFault("version: 1\nclasses: { x: { when: { cache: hitt } } }", "2:32", "Did you mean \"hit\"?");
    }

    @Test
    void filtersSayHitOrMiss() {
        assertFault(
                "version: 1\nbudgets:\n  - { id: x, signal: http, measure: \"p50(duration | cache=hot)\", target: \"< 1s\" }",
                "3:59",
                "Did you mean \"hit\"?");
    }

    @Test
    void anUnquotedDateIsAWarning() {
        BudgetFile file = parse("""
                version: 1
                extends: [headroom:jvm]
                waivers: [ { budget: memory, until: 2027-01-31, reason: "bigger machine ordered" } ]
                """);
        assertThat(file.warnings()).singleElement().asString().contains("budgets.yaml:3", "quote the date");
    }

    @Test
    void whatCanNeverPageByBurnRateIsNoted() {
        BudgetFile file = parse("""
                version: 1
                budgets:
                  - { id: p95, signal: http, measure: p95(duration), target: "< 1s" }
                  - { id: p90, signal: http, measure: p90(duration), target: "< 1s" }
                  - { id: hits, signal: cache, measure: share(result = hit), target: ">= 80%" }
                  - { id: p50, signal: http, measure: p50(duration), target: "< 1s" }
                  - { id: quiet, signal: http, measure: p50(duration), target: "< 1s", severity: none }
                  - { id: unburnt, signal: http, measure: p50(duration), target: "< 1s", burn: none }
                """);
        assertThat(file.notes())
                .satisfiesExactly(
                        note -> assertThat(note)
                                .startsWith("p90: 10 % may be bad")
                                .contains("(14.4x) can never fire"),
                        note -> assertThat(note)
                                .startsWith("hits: 20 %")
                                .contains("never page")
                                .doesNotContain("3x"),
                        note -> assertThat(note).startsWith("p50: 50 %").contains("never page", "nor file the ticket"));
    }

    @Test
    void anIdStandsOnce() {
        String one = "  - { id: x, signal: http, measure: count(), target: \"= 0\" }\n";
        assertFault("version: 1\nbudgets:\n" + one + one, "4:5", "stands twice");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> reader.read("no-such-file.yaml"))
                .hasMessageContaining("no-such-file.yaml")
                .hasMessageContaining("readable budgets.yaml");
        assertThatThrownBy(() -> reader.read("headroom:crd")).hasMessageContaining("Did you mean \"headroom:crud\"?");
    }

    @Test
    void globsOfRoutesStayWithinSegments() {
        ValuePattern one = ValuePattern.of("route", List.of("GET /**/{*}"));
        assertThat(one.matches("GET /users/{id}")).isTrue();
        assertThat(one.matches("GET /a/b/{id}")).isTrue();
        assertThat(one.matches("GET /users")).isFalse();
        assertThat(one.matches("POST /users/{id}")).isFalse();
        assertThat(ValuePattern.of("route", List.of("GET /health**")).matches("GET /health/detailed"))
                .isTrue();
        assertThat(ValuePattern.of("route", List.of("GET /**")).matches("GET /"))
                .isTrue();
        assertThat(ValuePattern.of("route", List.of("GET /*")).matches("GET /a/b"))
                .isFalse();
        assertThat(ValuePattern.of("status", List.of("5xx")).matches("503")).isTrue();
        assertThat(ValuePattern.of("cache", List.of("!user:*")).matches("user:{id}"))
                .isFalse();
        assertThat(ValuePattern.of("cache", List.of("none")).matches(null)).isTrue();
        assertThat(ValuePattern.of("command", List.of("KEYS", "FLUSHALL")).matches("flushall"))
                .isTrue();
    }
}
