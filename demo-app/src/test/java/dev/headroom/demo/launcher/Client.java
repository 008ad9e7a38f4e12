package dev.headroom.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A client that keeps count of the requests it made, under the names they should have on the dashboard. */
final class Client {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Instant begin = Instant.now().minus(Duration.ofMinutes(10));
    private final Map<String, Long> made = new TreeMap<>();
    private final URI address;

    Client(URI address) {
        this.address = address;
    }

    /** Makes the request so often; returns the last status. */
    int ask(int times, String method, String path, String route) throws IOException, InterruptedException {
        int status = 0;
        for (int i = 0; i < times; i++) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                    .method(method, BodyPublishers.noBody())
                    .build();
            status = http.send(request, BodyHandlers.discarding()).statusCode();
            made.merge(method + " " + route, 1L, Long::sum);
        }
        return status;
    }

    /** Makes one request with a JSON body and returns the answer's text; throws IOException for all but 2xx. */
    String send(String method, String path, String route, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        made.merge(method + " " + route, 1L, Long::sum);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s %s answered %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    Map<String, Long> made() {
        return made;
    }

    /** Waits until the dashboard has all requests made; returns its counts by route. */
    Map<String, Long> awaitCounts(DashboardApi dashboard) throws IOException, InterruptedException {
        long expected = made.values().stream().mapToLong(Long::longValue).sum();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Map<String, Long> counts = counts(dashboard, "routes");
        while (counts.values().stream().mapToLong(Long::longValue).sum() < expected && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            counts = counts(dashboard, "routes");
        }
        return counts;
    }

    /** Name to count of a list's items, over the whole test. */
    Map<String, Long> counts(DashboardApi dashboard, String list) throws IOException, InterruptedException {
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode item : dashboard.items(list, begin)) {
            counts.merge(item.path("name").asString(), item.path("count").asLong(), Long::sum);
        }
        return counts;
    }
}
