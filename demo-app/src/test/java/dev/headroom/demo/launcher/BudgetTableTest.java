package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BudgetTableTest {
    private final JsonMapper json = new JsonMapper();

    @Test
    void putsTheWorstFirstAndSaysWhyThereIsNoData() {
        List<String> lines = BudgetTable.lines(json.readTree("""
                {"overall":"FAIL","items":[
                  {"id":"http-p50","subject":"","target":"p50 < 200 ms","current":"4 ms","status":"PASS","reason":null},
                  {"id":"pool-leaks","subject":"reports","target":"= 0","current":null,"status":"NO DATA","reason":"never-seen"},
                  {"id":"http-5xx","subject":"","target":"< 0.1 %","current":"2 %","status":"FAIL","reason":null}]}
                """));

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .startsWith("Budget")
                .contains("Target")
                .contains("Current")
                .endsWith("Status");
        assertThat(lines.get(2)).startsWith("http-5xx").endsWith("FAIL");
        assertThat(lines.get(3)).startsWith("http-p50").endsWith("PASS");
        assertThat(lines.get(4)).startsWith("pool-leaks reports").endsWith("NO DATA (never-seen)");
    }
}
