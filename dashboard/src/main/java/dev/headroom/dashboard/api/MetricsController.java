package dev.headroom.dashboard.api;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * {@code /metrics}: the JSON of the guides, or Prometheus' text for those who ask for text/plain or OpenMetrics. The JSON is about
 * the last 15 minutes of the service named, or of the only one.
 */
@RestController
class MetricsController {
    private final MetricStore store;
    private final Question question;
    private final PrometheusMeterRegistry registry;
    private final Scheduler scheduler;

    MetricsController(
            MetricStore store,
            Question question,
            PrometheusMeterRegistry registry,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.store = store;
        this.question = question;
        this.registry = registry;
        this.scheduler = scheduler;
    }

    @GetMapping("/metrics")
    Mono<ResponseEntity<Object>> metrics(
            @RequestParam @Nullable String service, @RequestHeader(name = "Accept", defaultValue = "") String accept) {
        return Mono.fromCallable(() -> wantsText(accept) ? text(accept) : json(service))
                .subscribeOn(scheduler);
    }

    private static boolean wantsText(String accept) {
        return accept.contains("openmetrics") || (accept.contains("text/plain") && !accept.contains("json"));
    }

    private ResponseEntity<Object> text(String accept) {
        boolean open = accept.contains("openmetrics");
        String type = open
                ? "application/openmetrics-text;version=1.0.0;charset=utf-8"
                : "text/plain;version=0.0.4;charset=utf-8";
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .body(registry.scrape(open ? "application/openmetrics-text" : "text/plain"));
    }

    private ResponseEntity<Object> json(@Nullable String asked) {
        boolean nobody = asked == null && store.services().isEmpty();
        String service = nobody ? "" : question.service(asked);
        Set<String> metrics = Set.of(
                Metric.HTTP_SERVER_DURATION.metricName(),
                Metric.HTTP_CLIENT_DURATION.metricName(),
                Metric.DB_DURATION.metricName());
        Reading reading = store.read(new Selection(service, metrics, question.range(null, null), false));
        ServedRequests requests = new ServedRequests(reading);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("counters", requests.counters());
        data.put("timings", timings(reading));
        data.put("recent_errors", requests.errors());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        answer.put("data", data);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
    }

    private static Map<String, Object> timings(Reading reading) {
        Map<String, Object> timings = new LinkedHashMap<>();
        put(
                timings,
                "http.request.duration",
                ServedRequests.timing(reading, key -> key.is(Metric.HTTP_SERVER_DURATION)));
        put(
                timings,
                "http.client.duration",
                ServedRequests.timing(reading, key -> key.is(Metric.HTTP_CLIENT_DURATION)));
        put(
                timings,
                "db.query.duration",
                ServedRequests.timing(
                        reading, key -> key.is(Metric.DB_DURATION) && !"redis".equals(key.get(Attribute.DB_SYSTEM))));
        put(
                timings,
                "redis.command.duration",
                ServedRequests.timing(
                        reading, key -> key.is(Metric.DB_DURATION) && "redis".equals(key.get(Attribute.DB_SYSTEM))));
        return timings;
    }

    private static void put(Map<String, Object> timings, String name, @Nullable Map<String, Object> timing) {
        if (timing != null) {
            timings.put(name, timing);
        }
    }
}
