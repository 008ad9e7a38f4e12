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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A shipped board, read for tests. */
final class GrafanaBoard {
    static final Path FOLDER = Path.of("..", "grafana").toAbsolutePath().normalize();

    private static final Pattern METRIC =
            Pattern.compile("\\b([a-z]+(?:_[a-z0-9]+)+)\\s*[{\\[]|\\b(headroom_[a-z_]+)\\b");

    private final String name;
    private final JsonNode root;

    private GrafanaBoard(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    static List<GrafanaBoard> all() throws IOException {
        List<GrafanaBoard> boards = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            for (Path file : files.sorted().toList()) {
                boards.add(new GrafanaBoard(
                        file.getFileName().toString(), new ObjectMapper().readTree(Files.readString(file))));
            }
        }
        return boards;
    }

    JsonNode root() {
        return root;
    }

    String uid() {
        return root.get("uid").asString();
    }

    List<JsonNode> panels() {
        return children(root.get("panels"));
    }

    List<JsonNode> variables() {
        return children(root.get("templating").get("list"));
    }

    static List<JsonNode> children(JsonNode list) {
        List<JsonNode> children = new ArrayList<>();
        if (list != null) {
            list.forEach(children::add);
        }
        return children;
    }

    static List<String> expressions(JsonNode panel) {
        List<String> expressions = new ArrayList<>();
        panel.get("targets")
                .forEach(target -> expressions.add(target.get("expr").asString()));
        return expressions;
    }

    /** Links of a panel, its own and those of its data. */
    static List<String> links(JsonNode panel) {
        List<String> links = new ArrayList<>();
        children(panel.get("links")).forEach(link -> links.add(link.get("url").asString()));
        children(panel.get("fieldConfig").get("defaults").get("links"))
                .forEach(link -> links.add(link.get("url").asString()));
        return links;
    }

    /** As Grafana would send it: an interval for an interval, a service for the service, all budgets. */
    static String filledIn(String expression, String service, String interval) {
        return expression
                .replace("$__rate_interval", interval)
                .replace("$__range", interval)
                .replace("$service", service)
                .replace("$budget", ".*");
    }

    /** Names of metrics in a PromQL expression; recorded series, which have colons, are left out. */
    static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(expression.replaceAll("[a-z_]+:[a-z_]+:[a-z0-9_]+", ""));
        while (matcher.find()) {
            names.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        // Labels of ours begin as our metrics do.
        names.remove("headroom_key_pattern");
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
