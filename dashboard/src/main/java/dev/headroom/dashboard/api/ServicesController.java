package dev.headroom.dashboard.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headroom.dashboard.ingest.SeriesCap;
import dev.headroom.dashboard.ingest.SeriesUse;
import dev.headroom.dashboard.operations.AgentCost;
import dev.headroom.dashboard.operations.AgentCosts;
import dev.headroom.dashboard.operations.Coverage;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Who reports. */
@RestController
@RequestMapping("/api/v1")
class ServicesController {
    /** A list without a time range. */
    record Items<T>(List<T> items) {}

    /**
     * A service.
     *
     * @param instances JVMs that the store remembers, running or not
     * @param reports what its senders told in the last {@link #COVERAGE_RANGE}, and what they do not tell
     * @param series how many it uses of those it may; null when it did not report since the dashboard's start
     */
    record Service(
            String name,
            int instances,
            Instant firstReport,
            Instant lastReport,
            List<Coverage> reports,
            @Nullable SeriesUse series) {}

    /**
     * A JVM.
     *
     * @param agent what its agent cost in the last {@link #COST_RANGE}; null when it did not say
     */
    record Jvm(@JsonUnwrapped Instance instance, @Nullable AgentCost agent) {}

    private static final Duration COVERAGE_RANGE = Duration.ofMinutes(15);
    private static final Duration COST_RANGE = Duration.ofMinutes(5);

    private final MetricStore store;
    private final AgentCosts costs;
    private final Operations operations;
    private final SeriesCap cap;
    private final Question question;
    private final Scheduler scheduler;

    ServicesController(
            MetricStore store,
            AgentCosts costs,
            Operations operations,
            SeriesCap cap,
            Question question,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.store = store;
        this.costs = costs;
        this.operations = operations;
        this.cap = cap;
        this.question = question;
        this.scheduler = scheduler;
    }

    @GetMapping("/services")
    Mono<Items<Service>> services() {
        return Mono.fromCallable(() -> {
                    List<Service> services = new ArrayList<>();
                    Map<String, SeriesUse> used = new HashMap<>();
                    cap.use().forEach(use -> used.put(use.service(), use));
                    for (String name : store.services()) {
                        service(name, store.instances(name), used.get(name), services);
                    }
                    return new Items<>(services);
                })
                .subscribeOn(scheduler);
    }

    private void service(String name, List<Instance> instances, @Nullable SeriesUse used, List<Service> services) {
        if (instances.isEmpty()) {
            return;
        }
        Instant first = instances.get(0).firstReport();
        Instant last = instances.get(0).lastReport();
        for (Instance instance : instances) {
            first = instance.firstReport().isBefore(first) ? instance.firstReport() : first;
            last = instance.lastReport().isAfter(last) ? instance.lastReport() : last;
        }
        services.add(new Service(
                name,
                instances.size(),
                first,
                last,
                operations.coverage(name, TimeRange.upTo(question.now(), COVERAGE_RANGE)),
                used));
    }

    /** Of one service, or of all when none is named. */
    @GetMapping("/instances")
    Mono<Items<Jvm>> instances(@RequestParam @Nullable String service) {
        return Mono.fromCallable(() -> {
                    if (service != null && !service.isBlank()) {
                        return new Items<>(jvms(question.service(service)));
                    }
                    List<Jvm> all = new ArrayList<>();
                    store.services().forEach(name -> all.addAll(jvms(name)));
                    return new Items<>(all);
                })
                .subscribeOn(scheduler);
    }

    private List<Jvm> jvms(String service) {
        Map<String, AgentCost> costOf = costs.of(service, TimeRange.upTo(question.now(), COST_RANGE));
        return store.instances(service).stream()
                .map(instance -> new Jvm(instance, costOf.get(instance.instance())))
                .toList();
    }
}
