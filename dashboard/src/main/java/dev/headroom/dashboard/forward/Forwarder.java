package dev.headroom.dashboard.forward;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Passes every request that was accepted on to another OTLP receiver, byte for byte: metrics, logs and traces, kept here or not.
 * What waits is in memory, bounded; when the receiver is away for longer than the bound holds, requests are dropped and counted, and
 * the store here has them all the same. Requests of one sender keep their order. Thread-safe; nothing here blocks its caller.
 */
@Component
public final class Forwarder implements DisposableBean {
    /** Names the dashboards that a request came through, so that it never comes back to one. */
    static final String PATH = "Headroom-Forwarded";

    private static final int LANES = 4;
    private static final List<String> PASSED =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_ENCODING, "Idempotency-Key", "User-Agent");

    private final String self = UUID.randomUUID().toString();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ForwardFigures figures;
    private final long queueBytes;

    Forwarder(ForwardProperties properties, MeterRegistry registry) {
        this.figures = new ForwardFigures(registry);
        this.queueBytes = properties.queue().toBytes();
        URI address = properties.address();
        if (address == null) {
            return;
        }
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        for (int i = 0; i < LANES; i++) {
            Lane lane = new Lane(http, address, properties.headerMap(), figures);
            Thread thread = new Thread(lane, "headroom-forward-" + i);
            thread.setDaemon(true);
            thread.start();
            lanes.add(lane);
            threads.add(thread);
        }
    }

    /**
     * @param path of the request, such as {@code /v1/metrics}
     * @param headers of the request; content type and encoding, number and user agent go along, credentials do not
     * @param body as it was sent; not to be written to afterwards
     * @param sender whose requests keep their order
     */
    public void accepted(String path, HttpHeaders headers, byte[] body, @Nullable String sender) {
        if (lanes.isEmpty()) {
            return;
        }
        String way = headers.getFirst(PATH);
        if (way != null && way.contains(self)) {
            figures.dropped("loop");
            return;
        }
        Map<String, String> passed = new LinkedHashMap<>();
        for (String name : PASSED) {
            String value = headers.getFirst(name);
            if (value != null) {
                passed.put(name, value);
            }
        }
        passed.put(PATH, way == null ? self : way + " " + self);
        Forwarded request = new Forwarded(path, passed, body);
        if (figures.enters(request.weight(), queueBytes)) {
            lanes.get(Math.floorMod(sender == null ? 0 : sender.hashCode(), LANES))
                    .add(request);
        } else {
            figures.dropped("queue");
        }
    }

    @Override
    public void destroy() {
        lanes.forEach(Lane::stop);
        threads.forEach(Thread::interrupt);
    }
}
