package dev.headroom.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The shipped board, read for tests. */
final class GrafanaBoard {
    static final Path FOLDER = Path.of("..", "grafana").toAbsolutePath().normalize();

    private static final Pattern METRIC =
            Pattern.compile("\\b([a-z]+(?:_[a-z0-9]+)+)\\s*[{\\[]|\\b(headroom_[a-z_]+)\\b");

    private final JsonNode root;

    private GrafanaBoard(JsonNode root) {
        this.root = root;
    }

    static GrafanaBoard read() throws IOException {
        return new GrafanaBoard(
                new ObjectMapper().readTree(Files.readString(FOLDER.resolve("dashboards/headroom.json"))));
    }

    JsonNode root() {
        return root;
    }

    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        root.get("panels").forEach(panels::add);
        return panels;
    }

    static List<String> expressions(JsonNode panel) {
        List<String> expressions = new ArrayList<>();
        panel.get("targets")
                .forEach(target -> expressions.add(target.get("expr").asString()));
        return expressions;
    }

    /** As Grafana would send it. */
    static String filledIn(String expression, String service, String interval) {
        return expression.replace("$__rate_interval", interval).replace("$service", service);
    }

    /** Names of metrics in a PromQL expression; recorded series, which have colons, are left out. */
    static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(expression.replaceAll("[a-z_]+:[a-z_]+:[a-z0-9_]+", ""));
        while (matcher.find()) {
            names.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return names;
    }
}
