package dev.headroom.demo.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;

/** One guide's service, and what the dashboard knows of it. */
record RunningSystem(GuideSystem system, URI address, ChildJvm jvm, DashboardApi dashboard) {
    /** Turns its {@code /api} routes to NAIVE or OPTIMISED and tells the dashboard so. */
    void turn(HttpClient http, String mode) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/mode?to=" + mode))
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.noBody())
                .build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
            throw new IOException("POST /mode?to=" + mode + " of " + system.id() + " answered " + status);
        }
        dashboard.epoch(mode.toLowerCase(Locale.ROOT));
    }
}
