package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.operations.AgentCost;
import dev.headroom.dashboard.operations.AgentCosts;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The JVMs that report. */
@Controller
final class InstancesController {
    private final Pages pages;
    private final MetricStore store;
    private final AgentCosts costs;

    InstancesController(Pages pages, MetricStore store, AgentCosts costs) {
        this.pages = pages;
        this.store = store;
        this.costs = costs;
    }

    @GetMapping("/instances")
    Mono<Rendering> instances(ServerWebExchange exchange) {
        return pages.show("instances", exchange, this::page);
    }

    private InstancesPage page(Frame frame) {
        String chosen = frame.service();
        List<Instance> instances = frame.services().stream()
                .filter(service -> chosen == null || chosen.equals(service))
                .flatMap(service -> store.instances(service).stream())
                .toList();
        Map<String, AgentCost> costOf = new HashMap<>();
        instances.stream()
                .map(Instance::service)
                .distinct()
                .forEach(service -> costOf.putAll(costs.of(service, frame.range())));
        return InstancesPage.of(frame, instances, costOf);
    }
}
