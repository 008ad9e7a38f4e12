package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** What can be said about boards and alerts without a Grafana. Their queries are asked in PrometheusIT. */
class GrafanaFilesTest {
    private static final Set<String> UNITS = Set.of("short", "s", "ops", "reqps", "percentunit", "bytes", "Bps");
    private static final Set<String> BUILT_IN = Set.of("__rate_interval", "__range", "__from", "__to");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern BARE_COUNTER = Pattern.compile("(?<!rate\\()(?<!increase\\()\\b[a-z_]+_total\\b");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_]+)");
    private static final Pattern PATHS = Pattern.compile(
            "\\$\\{headroom}/(|services/\\$\\{.*|budgets/\\$\\{.*|routes|queries|caches|pools|calls|instances|store|notifications)([?#].*)?");

    static List<GrafanaBoard> boards() throws IOException {
        return GrafanaBoard.all();
    }

    @Test
    void thereIsABoardForEachMatter() throws IOException {
        assertThat(boards())
                .extracting(GrafanaBoard::uid)
                .containsExactlyInAnyOrder(
                        "headroom-overview",
                        "headroom-service",
                        "headroom-caches",
                        "headroom-pools",
                        "headroom-budgets",
                        "headroom-fleet");
    }

    @ParameterizedTest
    @MethodSource("boards")
    void theBoardIsWellFormed(GrafanaBoard board) {
        JsonNode root = board.root();
        assertThat(board.uid()).hasSizeLessThanOrEqualTo(40).matches("[A-Za-z0-9_-]+");
        assertThat(root.get("title").asString()).isNotBlank();
        assertThat(root.get("description").asString()).isNotBlank();
        assertThat(root.get("editable").asBoolean()).isFalse();
        assertThat(board.variables())
                .extracting(each -> each.get("name").asString())
                .contains("datasource", "headroom");
        assertThat(board.variables().get(0).get("type").asString()).isEqualTo("datasource");
        board.variables().stream()
                .filter(each -> each.get("type").asString().equals("query"))
                .forEach(each ->
                        assertThat(each.get("datasource").get("uid").asString()).isEqualTo("${datasource}"));
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyPanelSaysWhatItShowsAndUsesTheChosenSource(GrafanaBoard board) {
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : board.panels()) {
            String title = panel.get("title").asString();
            assertThat(title).isNotBlank();
            assertThat(ids.add(panel.get("id").asInt())).as("id of %s", title).isTrue();
            assertThat(panel.get("description").asString())
                    .as("description of %s", title)
                    .isNotBlank();
            assertThat(UNITS)
                    .as("unit of %s", title)
                    .contains(
                            panel.get("fieldConfig").get("defaults").get("unit").asString());
            assertThat(panel.get("datasource").get("uid").asString()).isEqualTo("${datasource}");
            assertThat(panel.get("targets")).as("targets of %s", title).isNotEmpty();
            Set<String> references = new HashSet<>();
            panel.get("targets").forEach(target -> {
                assertThat(target.get("datasource").get("uid").asString()).isEqualTo("${datasource}");
                assertThat(references.add(target.get("refId").asString()))
                        .as(title)
                        .isTrue();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyPanelLeadsBackToThePageOfTheSameThing(GrafanaBoard board) {
        for (JsonNode panel : board.panels()) {
            String title = panel.get("title").asString();
            assertThat(GrafanaBoard.links(panel))
                    .as("links of %s", title)
                    .isNotEmpty()
                    .allSatisfy(link -> {
                        assertThat(link).as(title).matches(PATHS);
                        // A route such as "GET /p/{id}" is no URL: whatever has a name is encoded.
                        Matcher value = Pattern.compile("\\$\\{(?!headroom})(?!__from})(?!__to})([^}]*)}")
                                .matcher(link);
                        while (value.find()) {
                            assertThat(value.group(1)).as(link).endsWith(":percentencode");
                        }
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void onlyVariablesThatThereAreAreUsed(GrafanaBoard board) {
        Set<String> known = new HashSet<>(BUILT_IN);
        board.variables().forEach(each -> known.add(each.get("name").asString()));
        for (JsonNode panel : board.panels()) {
            List<String> texts = new ArrayList<>(GrafanaBoard.expressions(panel));
            texts.addAll(GrafanaBoard.links(panel));
            for (String text : texts) {
                Matcher variable = VARIABLE.matcher(text);
                while (variable.find()) {
                    assertThat(variable.group(1)).as(text).isIn(with(known, "__field", "__data"));
                }
            }
        }
    }

    private static Set<String> with(Set<String> known, String... more) {
        Set<String> all = new HashSet<>(known);
        all.addAll(List.of(more));
        return all;
    }

    @ParameterizedTest
    @MethodSource("boards")
    void rangesAndCountersAreUsedAsTheyShould(GrafanaBoard board) {
        for (JsonNode panel : board.panels()) {
            boolean whole = Set.of("table", "stat").contains(panel.get("type").asString());
            for (String expression : GrafanaBoard.expressions(panel)) {
                RANGE.matcher(expression)
                        .results()
                        .forEach(range -> assertThat(range.group())
                                .as(expression)
                                .isIn("[$__rate_interval]", whole ? "[$__range]" : "[$__rate_interval]"));
                assertThat(BARE_COUNTER.matcher(expression).find())
                        .as(expression)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void noPanelLiesOverAnother(GrafanaBoard board) {
        record Box(int x, int y, int w, int h) {
            boolean overlaps(Box other) {
                return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
            }
        }
        List<Box> boxes = new ArrayList<>();
        for (JsonNode panel : board.panels()) {
            JsonNode at = panel.get("gridPos");
            Box box = new Box(
                    at.get("x").asInt(),
                    at.get("y").asInt(),
                    at.get("w").asInt(),
                    at.get("h").asInt());
            assertThat(box.x + box.w).isLessThanOrEqualTo(24);
            assertThat(boxes).noneMatch(box::overlaps);
            boxes.add(box);
        }
    }

    /** Traps of provisioning by file; see grafana/README.md. */
    @Test
    void everyAlertNamesAContactPointAPanelAndAState() throws IOException {
        Map<String, Set<Integer>> panels = new HashMap<>();
        for (GrafanaBoard board : boards()) {
            Set<Integer> ids = new HashSet<>();
            board.panels().forEach(panel -> ids.add(panel.get("id").asInt()));
            panels.put(board.uid(), ids);
        }
        String text = Files.readString(GrafanaBoard.FOLDER.resolve("alerts/headroom.yaml"));
        Map<String, Object> file = new Yaml().load(text);
        assertThat(file).doesNotContainKey("policies");
        Set<Object> points = new HashSet<>();
        list(file.get("contactPoints")).forEach(point -> points.add(point.get("name")));
        Set<Object> uids = new HashSet<>();
        for (Map<?, ?> group : list(file.get("groups"))) {
            for (Map<?, ?> rule : list(group.get("rules"))) {
                String uid = String.valueOf(rule.get("uid"));
                assertThat(uid).hasSizeLessThanOrEqualTo(40).matches("[A-Za-z0-9_-]+");
                assertThat(uids.add(uid)).as(uid).isTrue();
                assertThat(points).as(uid).contains(((Map<?, ?>) rule.get("notification_settings")).get("receiver"));
                assertThat(panels.get(String.valueOf(rule.get("dashboardUid"))))
                        .as(uid)
                        .contains((Integer) rule.get("panelId"));
                assertThat(String.valueOf(rule.get("noDataState")))
                        .as(uid)
                        .isIn("OK", "Alerting", "NoData", "KeepLast");
                assertThat(list(rule.get("data")))
                        .as(uid)
                        .anyMatch(each -> each.get("refId").equals(rule.get("condition")));
                // Labels are interpolated by Grafana: a template would have to be written with two dollar signs.
                assertThat(String.valueOf(rule.get("labels"))).as(uid).doesNotContain("$");
            }
        }
        assertThat(text.lines().filter(line -> line.strip().startsWith("runbook_url")))
                .allMatch(line -> !line.contains("$labels.service") || line.contains("$labels.service | urlquery"));
    }

    private static List<Map<?, ?>> list(Object value) {
        List<Map<?, ?>> list = new ArrayList<>();
        ((List<?>) value).forEach(each -> list.add((Map<?, ?>) each));
        return list;
    }
}
