package dev.headroom.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard as a person with curl sees it: {@code /api/v1}. Thread-safe. */
final class DashboardApi {
    private static final String HITS = """
            version: 1
            extends: [headroom:none]
            defaults: { warmup: 0s, min_samples: 1 }
            budgets:
              - { id: hits, signal: http, where: { cache: hit }, per: [service, route], measure: p50(duration), target: "< 10s" }
            """;
    private static final Pattern MILLIS = Pattern.compile("[^0-9]*([0-9.]+) (s|ms|µs)");

    private static final int UNKNOWN = 404;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI dashboard;
    private final String service;

    DashboardApi(URI dashboard, String service) {
        this.dashboard = dashboard;
        this.service = service;
    }

    /** Items of routes, queries, caches, pools or calls since the given time; none before the service's first report. */
    List<JsonNode> items(String list, Instant from) throws IOException, InterruptedException {
        return items(list, "&from=" + from.toEpochMilli());
    }

    /** The same between two times. */
    List<JsonNode> items(String list, Instant from, Instant to) throws IOException, InterruptedException {
        return items(list, "&from=" + from.toEpochMilli() + "&to=" + to.toEpochMilli());
    }

    private List<JsonNode> items(String list, String range) throws IOException, InterruptedException {
        String path =
                "/api/v1/%s?service=%s%s".formatted(list, URLEncoder.encode(service, StandardCharsets.UTF_8), range);
        HttpResponse<String> answer = ask(path);
        List<JsonNode> items = new ArrayList<>();
        if (answer.statusCode() != UNKNOWN || !answer.body().contains("Unknown service")) {
            parsed(path, answer).path("items").forEach(items::add);
        }
        return items;
    }

    /** Sum of the items' counts since the given time. */
    long count(String list, Instant from) throws IOException, InterruptedException {
        return items(list, from).stream()
                .mapToLong(item -> item.path("count").asLong())
                .sum();
    }

    /** The service's newest budget report. */
    JsonNode budgets() throws IOException, InterruptedException {
        return get("/api/v1/budgets?service=" + URLEncoder.encode(service, StandardCharsets.UTF_8));
    }

    /** Route to the median in milliseconds of those of its requests whose cache lookups all hit. */
    Map<String, Double> hitMedians(Instant from, Instant to) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        dashboard.resolve("/api/v1/check?what=live&service=%s&from=%d&to=%d"
                                .formatted(service, from.toEpochMilli(), to.toEpochMilli())))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(HITS))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        Map<String, Double> medians = new HashMap<>();
        for (JsonNode item : json.readTree(answer.body()).path("items")) {
            Matcher current = MILLIS.matcher(item.path("current").asString(""));
            if (current.matches()) {
                double value = Double.parseDouble(current.group(1));
                double unit = switch (current.group(2)) {
                    case "s" -> 1000;
                    case "ms" -> 1;
                    default -> 0.001;
                };
                medians.put(item.path("subject").asString(""), value * unit);
            }
        }
        return medians;
    }

    /** Tells of a change to the service, from which on it is compared with what was before. */
    void epoch(String name) throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("service", service, "kind", "deploy", "name", name));
        HttpRequest request = HttpRequest.newBuilder(dashboard.resolve("/api/v1/epochs"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("POST /api/v1/epochs answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
    }

    /** Any address of the dashboard as JSON; throws IOException for every status but 200. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return parsed(path, ask(path));
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(dashboard.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Accept", "application/json")
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private JsonNode parsed(String path, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("GET %s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return json.readTree(answer.body());
    }
}
