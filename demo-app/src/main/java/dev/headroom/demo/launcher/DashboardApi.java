package dev.headroom.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard as a person with curl sees it: {@code /api/v1}. Thread-safe. */
final class DashboardApi {
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

    /** Items of routes, queries, caches, pools or calls since the given time. */
    List<JsonNode> items(String list, Instant from) throws IOException, InterruptedException {
        return items(list, "&from=" + from.toEpochMilli());
    }

    /** The same between two times. */
    List<JsonNode> items(String list, Instant from, Instant to) throws IOException, InterruptedException {
        return items(list, "&from=" + from.toEpochMilli() + "&to=" + to.toEpochMilli());
    }

    private List<JsonNode> items(String list, String range) throws IOException, InterruptedException {
        JsonNode answer = get(
                "/api/v1/%s?service=%s%s".formatted(list, URLEncoder.encode(service, StandardCharsets.UTF_8), range));
        List<JsonNode> items = new ArrayList<>();
        answer.path("items").forEach(items::add);
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

    /** Any address of the dashboard as JSON; throws IOException for every status but 200. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(dashboard.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Accept", "application/json")
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("GET %s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        }
        return json.readTree(answer.body());
    }
}
