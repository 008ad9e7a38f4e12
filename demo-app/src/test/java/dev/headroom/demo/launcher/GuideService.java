package dev.headroom.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One guide's service without the agent, as a process of its own on a free port, and a client to it. */
final class GuideService implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address = URI.create("http://127.0.0.1:" + Ports.free());
    private final ChildJvm jvm;

    GuideService(GuideSystem system, Path home, Neighbours neighbours, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(neighbours.asArguments());
        arguments.add("--spring.profiles.active=" + system.id());
        arguments.add("--demo.outside=" + neighbours.supplier());
        arguments.add("--server.port=" + address.getPort());
        arguments.addAll(List.of(more));
        jvm = ChildJvm.start(
                system.id(),
                home,
                Map.of(),
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                Jars.SERVICE,
                arguments);
        try {
            jvm.awaitAnswer(address.resolve("/mode"), Duration.ofMinutes(4));
        } catch (InterruptedException | RuntimeException failed) {
            jvm.close();
            throw failed;
        }
    }

    URI address() {
        return address;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        jvm.close();
    }
}
