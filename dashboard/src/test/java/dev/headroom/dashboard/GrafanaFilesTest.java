package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can be said about the board without a Grafana. */
class GrafanaFilesTest {
    private static final Set<String> UNITS = Set.of("short", "s", "ops", "reqps", "percentunit", "bytes");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern BARE_COUNTER = Pattern.compile("(?<!rate\\()(?<!increase\\()\\b[a-z_]+_total\\b");

    @Test
    void theBoardIsWellFormed() throws IOException {
        JsonNode root = GrafanaBoard.read().root();
        assertThat(root.get("uid").asString()).hasSizeLessThanOrEqualTo(40);
        assertThat(root.get("editable").asBoolean()).isFalse();
        assertThat(root.get("templating").get("list").get(0).get("type").asString())
                .isEqualTo("datasource");
    }

    @Test
    void everyPanelSaysWhatItShowsAndUsesTheChosenSource() throws IOException {
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : GrafanaBoard.read().panels()) {
            String title = panel.get("title").asString();
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
            panel.get("targets")
                    .forEach(target -> assertThat(
                                    target.get("datasource").get("uid").asString())
                            .isEqualTo("${datasource}"));
        }
    }

    @Test
    void rangesAndCountersAreUsedAsTheyShould() throws IOException {
        for (JsonNode panel : GrafanaBoard.read().panels()) {
            boolean table = panel.get("type").asString().equals("table");
            for (String expression : GrafanaBoard.expressions(panel)) {
                RANGE.matcher(expression)
                        .results()
                        .forEach(range -> assertThat(range.group())
                                .as(expression)
                                .isEqualTo(table ? "[5m]" : "[$__rate_interval]"));
                assertThat(BARE_COUNTER.matcher(expression).find())
                        .as(expression)
                        .isFalse();
            }
        }
    }

    @Test
    void noPanelLiesOverAnother() throws IOException {
        record Box(int x, int y, int w, int h) {
            boolean overlaps(Box other) {
                return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
            }
        }
        List<Box> boxes = new ArrayList<>();
        for (JsonNode panel : GrafanaBoard.read().panels()) {
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

    @Test
    void alertIdentifiersAreShortEnough() throws IOException {
        String alerts = Files.readString(GrafanaBoard.FOLDER.resolve("alerts/headroom.yaml"));
        Pattern.compile("uid: ([A-Za-z0-9_-]+)")
                .matcher(alerts)
                .results()
                .forEach(uid -> assertThat(uid.group(1)).hasSizeLessThanOrEqualTo(40));
    }
}
