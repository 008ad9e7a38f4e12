package dev.headroom.demo.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /health} for load balancers, and what it depends on with the time each took to answer. */
@RestController
class HealthController {
    private static final String VERSION = "0.1.0";

    private final JdbcClient jdbc;
    private final JournalCache cache;
    private final LanguageModel model;

    HealthController(JdbcClient jdbc, JournalCache cache, LanguageModel model) {
        this.jdbc = jdbc;
        this.cache = cache;
        this.model = model;
    }

    /** The guide's health check: one statement. */
    @GetMapping("/health")
    Map<String, String> health() {
        return Map.of("status", database().status());
    }

    @GetMapping("/health/detailed")
    Detailed detailed() {
        Part database = database();
        Part redis = timed(cache::ping);
        Part llm = timed(model::ping);
        boolean all = database.healthy() && redis.healthy() && llm.healthy();
        return new Detailed(all ? "healthy" : "degraded", VERSION, database, redis, llm);
    }

    private Part database() {
        return timed(() -> jdbc.sql("SELECT 1").query(Integer.class).single());
    }

    private static Part timed(Runnable question) {
        long start = System.nanoTime();
        String status;
        try {
            question.run();
            status = "healthy";
        } catch (RuntimeException silent) {
            status = "unhealthy";
        }
        return new Part(status, (System.nanoTime() - start) / 1e6);
    }

    record Detailed(String status, String version, Part database, Part redis, Part llm) {}

    record Part(
            String status, @JsonProperty("response_time_ms") double millis) {
        boolean healthy() {
            return status.equals("healthy");
        }
    }
}
