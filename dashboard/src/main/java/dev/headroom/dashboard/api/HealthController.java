package dev.headroom.dashboard.api;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.operations.Rows;
import dev.headroom.dashboard.operations.Timing;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.StoreReport;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * How a watched service is, in the JSON that the guides of many services use: times in seconds there, milliseconds where the key
 * says so. Over the last 15 minutes.
 */
@RestController
class HealthController {
    /** Guides call a statement slow from here. */
    private static final double SLOW_QUERY_MS = 100;

    private static final int SLOW_QUERIES_SHOWN = 20;
    private static final String HEALTHY = "healthy";

    private final Operations operations;
    private final BudgetReports reports;
    private final MetricStore store;
    private final StoreReport report;
    private final Question question;
    private final Scheduler scheduler;

    HealthController(
            Operations operations,
            BudgetReports reports,
            MetricStore store,
            StoreReport report,
            Question question,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.operations = operations;
        this.reports = reports;
        this.store = store;
        this.report = report;
        this.question = question;
        this.scheduler = scheduler;
    }

    /** Whether this dashboard itself answers, and whether it stores; why it does not is for those who may read the store's status. */
    @GetMapping("/health")
    Map<String, Object> health() {
        return report.refusal() == null
                ? Map.of("status", HEALTHY)
                : Map.of("status", "degraded", "store", "takes nothing at the moment");
    }

    /** The service named, or the only one; without any the lists are empty. */
    @GetMapping("/health/detailed")
    Mono<Map<String, Object>> detailed(@RequestParam @Nullable String service) {
        return Mono.fromCallable(() -> detail(service)).subscribeOn(scheduler);
    }

    private Map<String, Object> detail(@Nullable String asked) {
        boolean nobody = asked == null && store.services().isEmpty();
        String service = nobody ? "" : question.service(asked);
        TimeRange range = question.range(null, null);
        List<Rows.Query> queries = operations.queries(service, range).items();
        List<Rows.Cache> caches = operations.caches(service, range).items();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", status(service));
        detail.put("version", version());
        detail.put("service", service);
        detail.put("database", part(queries.stream().map(Rows.Query::timing).toList()));
        detail.put("redis", part(caches.stream().map(Rows.Cache::timing).toList()));
        detail.put("performance", performance(requests(service, range), queries));
        detail.put("budgets", budgets(service));
        return detail;
    }

    private ServedRequests requests(String service, TimeRange range) {
        Set<String> metrics = Set.of(Metric.HTTP_SERVER_DURATION.metricName());
        return new ServedRequests(store.read(new Selection(service, metrics, range, false)));
    }

    private String status(String service) {
        return switch (reports.of(service).overall()) {
            case FAIL -> "unhealthy";
            case WARN -> "degraded";
            case PASS, NO_DATA -> HEALTHY;
        };
    }

    private static String version() {
        String version = HealthController.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Mean answer time and whether most calls succeed; unknown where nothing was called. */
    private static Map<String, Object> part(List<Timing> timings) {
        long count = timings.stream().mapToLong(Timing::count).sum();
        long errors = timings.stream().mapToLong(Timing::errors).sum();
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("status", count == 0 ? "unknown" : errors * 2 > count ? "unhealthy" : HEALTHY);
        double total = timings.stream().mapToDouble(HealthController::totalMs).sum();
        part.put("response_time_ms", count == 0 ? null : rounded(total / count, 1e2));
        return part;
    }

    private static double totalMs(Timing timing) {
        Double total = timing.totalMs();
        return total == null ? 0 : total;
    }

    private static double maxMs(Timing timing) {
        Double most = timing.maxMs();
        return most == null ? 0 : most;
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }

    private static Map<String, Object> performance(ServedRequests requests, List<Rows.Query> queries) {
        List<Rows.Query> slow = queries.stream()
                .filter(query -> maxMs(query.timing()) > SLOW_QUERY_MS)
                .sorted(Comparator.comparingDouble((Rows.Query query) -> -totalMs(query.timing())))
                .toList();
        Map<String, Object> performance = new LinkedHashMap<>();
        performance.put("endpoints", requests.endpoints());
        performance.put(
                "slow_queries",
                slow.stream()
                        .limit(SLOW_QUERIES_SHOWN)
                        .map(HealthController::slow)
                        .toList());
        performance.put("slow_query_count", slow.size());
        return performance;
    }

    private static @Nullable Double seconds(@Nullable Double millis) {
        return millis == null ? null : rounded(millis / 1000, 1e6);
    }

    private static Map<String, Object> slow(Rows.Query query) {
        Map<String, Object> slow = new LinkedHashMap<>();
        slow.put("query", query.name());
        slow.put("count", query.timing().count());
        slow.put(
                "avg_time",
                seconds(totalMs(query.timing()) / Math.max(1, query.timing().count())));
        slow.put("max_time", seconds(query.timing().maxMs()));
        return slow;
    }

    private Map<String, Object> budgets(String service) {
        List<String> failing = new ArrayList<>();
        for (BudgetStatus status : reports.of(service).items()) {
            if (status.status() == Verdict.FAIL) {
                failing.add(status.subject().isEmpty() ? status.id() : status.id() + " " + status.subject());
            }
        }
        return Map.of("overall", reports.of(service).overall(), "failing", failing);
    }
}
