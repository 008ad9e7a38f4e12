package dev.headroom.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of the jar: an N+1 is red and its repair green, with the oldest and with the newest JUnit. */
class GateIT {
    private static final String OLDEST = "junit-oldest";
    private static final String NEWEST = "junit-newest";
    private static final String AGENT = "target/classes/META-INF/headroom/headroom-agent.jar";

    @TempDir
    Path folder;

    @Test
    void anNPlusOneIsRedWithStatementCallerAndNumbers() throws Exception {
        UserRun run = new UserRun(OLDEST, folder).with("-Dheadroom.junit.report=" + folder.resolve("report.json"));
        Map<String, String> results = run.of("Orders");

        assertThat(results.get("listsOwners()"))
                .as(run.said())
                .startsWith(
                        "FAILED\ndev.headroom.junit.PerformanceBudgetError: Scope Orders.listsOwners breaks a budget of"
                                + " budgets.yaml:")
                .containsPattern(
                        "  t-queries: db.repeated 20, allowed <= 1: SELECT name FROM owner WHERE id = \\? was executed"
                                + " 20 times from OrderService\\.owner\\(OrderService\\.java:\\d+\\)$");
        assertThat(results.get("listsOwnersAgainAndAgain()"))
                .as("all repetitions together")
                .startsWith("FAILED")
                .contains("t-queries: db.repeated 20, allowed <= 1");
        assertThat(results.get("repetition 3 of 3")).startsWith("SUCCESSFUL");
        assertThat(Files.readString(folder.resolve("report.json")))
                .contains("\"overall\":\"FAIL\"")
                .contains("\"subject\":\"Orders.listsOwners\"")
                .contains("SELECT name FROM owner WHERE id = ?")
                .contains("no test ran a scope cached.read");
    }

    @Test
    void theRepairIsGreenAndCountsAreExact() throws Exception {
        UserRun run = new UserRun(NEWEST, folder)
                .with("-Dsample.repaired=true", "-Dheadroom.junit.report=" + folder.resolve("report.json"));
        Map<String, String> results = run.of("Orders", "Counts", "Together");

        assertThat(results)
                .as(run.said())
                .hasSizeGreaterThan(12)
                .allSatisfy((name, result) -> assertThat(result).as(name).startsWith("SUCCESSFUL"));
        assertThat(Files.readString(folder.resolve("report.json"))).contains("\"overall\":\"WARN\"");
    }

    @Test
    void whatCannotBeJudgedIsRedToo() throws Exception {
        UserRun run = new UserRun(NEWEST, folder).with("-Dheadroom.junit.report=" + folder.resolve("report.json"));
        Map<String, String> results = run.of("Wrong");

        assertThat(results.get("readsNoCache()"))
                .as(run.said())
                .contains(
                        "t-cached-read: NO DATA for max(duration), which fails the test as the budget says no_data: fail:"
                                + " nothing within the scope matched it");
        assertThat(results.get("takesTooLong()"))
                .contains("t-slow: p95(duration) ")
                .contains(", allowed < 2ms")
                .contains("SELECT name FROM owner WHERE id = ? was executed 3 times in ");
        assertThat(results.get("opensAScopeOnAnotherThread()"))
                .contains("Scope beside begins on thread Thread-")
                .contains("open one scope around the threads instead");
        assertThat(results.get("namesAFileThatIsNotThere()"))
                .contains("Budget file \"nowhere.yaml\" is neither a file in ")
                .contains("expected a budgets.yaml with a part tests:");
    }

    @Test
    void anAgentThatIsThereIsUsedAndTestsNeedNoAnnotation() throws Exception {
        UserRun run = new UserRun(OLDEST, folder)
                .with(
                        "-javaagent:" + AGENT,
                        "-Djunit.jupiter.extensions.autodetection.enabled=true",
                        "-Dheadroom.junit.report=" + folder.resolve("report.json"));
        Map<String, String> results = run.of("Unannotated");

        assertThat(results.get("listsOwners()"))
                .as(run.said())
                .contains("Scope Unannotated.listsOwners breaks a budget")
                .contains("t-queries: db.repeated 20");
        assertThat(run.said()).doesNotContain("second agent", "WARNING");
    }
}
