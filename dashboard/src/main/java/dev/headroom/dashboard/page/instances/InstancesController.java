package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.control.AgentState;
import dev.headroom.dashboard.control.AgentStates;
import dev.headroom.dashboard.control.OrderBook;
import dev.headroom.dashboard.control.Orders;
import dev.headroom.dashboard.ingest.SeriesCap;
import dev.headroom.dashboard.operations.AgentCost;
import dev.headroom.dashboard.operations.AgentCosts;
import dev.headroom.dashboard.operations.AgentDelivery;
import dev.headroom.dashboard.operations.Deliveries;
import dev.headroom.dashboard.operations.DeliveryReport;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Pages;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The JVMs that report, and what their agents are told to do. */
@Controller
final class InstancesController {
    private static final String PATH = "/instances";

    private final Pages pages;
    private final MetricStore store;
    private final AgentCosts costs;
    private final Deliveries deliveries;
    private final AgentStates states;
    private final OrderBook book;
    private final Orders orders;
    private final SeriesCap cap;
    private final Scheduler scheduler;

    InstancesController(
            Pages pages,
            MetricStore store,
            AgentCosts costs,
            Deliveries deliveries,
            AgentStates states,
            OrderBook book,
            Orders orders,
            SeriesCap cap,
            @Qualifier("storeReads") Scheduler scheduler) {
        this.pages = pages;
        this.store = store;
        this.costs = costs;
        this.deliveries = deliveries;
        this.states = states;
        this.book = book;
        this.orders = orders;
        this.cap = cap;
        this.scheduler = scheduler;
    }

    @GetMapping({PATH, PATH + "/orders"})
    Mono<Rendering> instances(ServerWebExchange exchange) {
        return pages.show("instances", exchange, frame -> page(frame, ""));
    }

    /** The form; a wrong one is shown again with what is wrong, a right one leads back to the page. */
    @PostMapping(PATH + "/orders")
    Mono<Rendering> order(ServerWebExchange exchange) {
        return exchange.getFormData()
                .publishOn(scheduler)
                .map(fields -> carryOut(OrderForm.of(fields)))
                .flatMap(problem -> problem.isEmpty() ? back(exchange) : again(exchange, problem));
    }

    /** What was wrong, or nothing. */
    private String carryOut(OrderForm form) {
        try {
            if (form.withdraw()) {
                boolean ignored = orders.withdraw(form.service(), form.instance());
            } else {
                orders.give(form.service(), form.instance(), form.detail(), form.hooksOff(), form.numbers());
            }
            return "";
        } catch (RefusedException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    private static Mono<Rendering> back(ServerWebExchange exchange) {
        String query = exchange.getRequest().getURI().getRawQuery();
        return Mono.just(Rendering.redirectTo(
                        URI.create(PATH + (query == null ? "" : "?" + query)).toString())
                .status(HttpStatus.SEE_OTHER)
                .build());
    }

    private Mono<Rendering> again(ServerWebExchange exchange, String problem) {
        exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
        return pages.show("instances", exchange, frame -> page(frame, problem));
    }

    private InstancesPage page(Frame frame, String problem) {
        String chosen = frame.service();
        List<Listed> listed = new ArrayList<>();
        List<OrderPanel> panels = new ArrayList<>();
        List<Instance> all = new ArrayList<>();
        Map<String, AgentCost> costOf = new HashMap<>();
        List<DeliveryReport> reports = new ArrayList<>();
        for (String service : frame.services()) {
            if (chosen == null || chosen.equals(service)) {
                List<Instance> instances = store.instances(service);
                Map<String, AgentState> said = states.of(service);
                all.addAll(instances);
                DeliveryReport report = deliveries.ofAll(service, frame.range(), frame.now());
                reports.add(report);
                Map<String, AgentDelivery> delivered = new HashMap<>();
                report.agents().forEach(agent -> delivered.put(agent.instance(), agent));
                costOf.putAll(costs.of(service, frame.range()));
                panels.add(OrderPanel.of(frame, service, instances, said, book));
                for (Instance each : instances) {
                    listed.add(new Listed(
                            each.lastReport(),
                            InstancesPage.row(
                                    frame,
                                    each,
                                    said.get(each.instance()),
                                    book.of(service, each.instance()),
                                    delivered.get(each.instance()))));
                }
            }
        }
        listed.sort(Comparator.comparing(Listed::lastReport).reversed());
        return new InstancesPage(
                listed.stream().map(Listed::row).toList(),
                DeliveryWords.restarts(reports),
                InstancesPage.costLines(frame, all, costOf),
                panels,
                SeriesLine.of(cap.use(), frame.services(), chosen),
                problem);
    }

    private record Listed(Instant lastReport, InstancesPage.Row row) {}
}
