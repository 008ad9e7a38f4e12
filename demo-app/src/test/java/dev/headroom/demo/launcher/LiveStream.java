package dev.headroom.demo.launcher;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One client of {@code /api/v1/live}, which notes when each operation appears in the tail. */
final class LiveStream implements AutoCloseable {
    private record Sighting(String name, long nanos) {}

    private final JsonMapper json = new JsonMapper();
    private final BlockingQueue<Sighting> sightings = new LinkedBlockingQueue<>();
    private final Stream<String> lines;

    private LiveStream(Stream<String> lines) {
        this.lines = lines;
        Thread reader = new Thread(this::read, "live-stream");
        reader.setDaemon(true);
        reader.start();
    }

    static LiveStream open(URI dashboard) throws Exception {
        HttpResponse<Stream<String>> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(dashboard.resolve("/api/v1/live"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new AssertionError("the live stream answers " + answer.statusCode());
        }
        return new LiveStream(answer.body());
    }

    /** Waits for the next window with the operation; returns when its line was read, in {@link System#nanoTime}. */
    long awaitNext(String name, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Sighting sighting = sightings.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (sighting == null) {
                throw new AssertionError(name + " did not appear within " + patience.toSeconds() + " s");
            }
            if (sighting.name().equals(name)) {
                return sighting.nanos();
            }
        }
    }

    private void read() {
        lines.filter(line -> line.startsWith("data:")).forEach(line -> {
            long nanos = System.nanoTime();
            JsonNode tail = json.readTree(line.substring("data:".length())).path("tail");
            tail.forEach(row -> sightings.add(new Sighting(row.path("name").asString(""), nanos)));
        });
    }

    @Override
    public void close() {
        lines.close();
    }
}
