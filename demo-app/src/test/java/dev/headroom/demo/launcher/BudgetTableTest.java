package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BudgetTableTest {
    private final JsonMapper json = new JsonMapper();

    @Test
    void putsTheWorstFirstAndFoldsWhatHasNoData() {
        List<String> lines = BudgetTable.lines(json.readTree("""
                {"overall":"FAIL","items":[
                  {"id":"http-p50","subject":"","target":"p50 < 200 ms","current":"4 ms","status":"PASS","reason":null},
                  {"id":"a","subject":"reports","target":"= 0","current":null,"status":"NO DATA","reason":"never-seen"},
                  {"id":"b","subject":"reports","target":"= 0","current":null,"status":"NO DATA","reason":"too-few"},
                  {"id":"c","subject":"reports","target":"= 0","current":null,"status":"NO DATA","reason":"too-few"},
                  {"id":"http-5xx","subject":"","target":"< 0.1 %","current":"2 %","status":"FAIL","reason":null}]}
                """));

        assertThat(lines)
                .containsExactly(
                        "Status  Budget    Target        Current",
                        "FAIL    http-5xx  < 0.1 %       2 %",
                        "PASS    http-p50  p50 < 200 ms  4 ms",
                        "NO DATA: 2 too-few, 1 never-seen");
    }

    @Test
    void wrapsALongSubjectInsteadOfCuttingIt() {
        String statement = "SELECT " + "a_rather_long_column, ".repeat(12) + "last_column FROM somewhere";

        List<String> lines = BudgetTable.lines(json.readTree("""
                {"items":[{"id":"query-p95","subject":"%s","target":"p95(duration) < 100ms","current":"12 ms","status":"WARN"}]}
                """.formatted(statement)));

        assertThat(lines)
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(BudgetTable.WIDTH));
        assertThat(String.join(" ", lines).replaceAll("\\s+", " ")).contains("last_column FROM somewhere");
    }

    @Test
    void saysSoWhenNothingIsJudged() {
        assertThat(BudgetTable.lines(json.readTree("{\"items\":[]}")))
                .containsExactly("No budget could be judged yet.");
    }
}
