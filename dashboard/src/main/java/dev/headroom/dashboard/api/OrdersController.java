package dev.headroom.dashboard.api;

import dev.headroom.dashboard.control.Order;
import dev.headroom.dashboard.control.OrderBook;
import dev.headroom.dashboard.control.OrderSheet;
import dev.headroom.dashboard.control.Orders;
import dev.headroom.dashboard.refusal.RefusedException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What agents are to do: as text for themselves, as JSON for those who order. */
@RestController
class OrdersController {
    private static final String PATH = "/api/v1/orders";

    /** An order in JSON. */
    record Given(
            String service,
            @Nullable String instance,
            String detail,
            Collection<String> hooksOff,
            Map<String, Double> options,
            Instant given) {
        static Given of(Order order) {
            return new Given(
                    order.service(),
                    order.instance(),
                    order.detail().word(),
                    order.hooksOff(),
                    order.options(),
                    order.given());
        }
    }

    /** A list without a time range. */
    record Items(List<Given> items) {}

    private final OrderSheet sheet;
    private final OrderBook book;
    private final Orders orders;
    private final Scheduler scheduler;

    OrdersController(OrderSheet sheet, OrderBook book, Orders orders, @Qualifier("storeReads") Scheduler scheduler) {
        this.sheet = sheet;
        this.book = book;
        this.orders = orders;
        this.scheduler = scheduler;
    }

    /** For agents, from memory. */
    @GetMapping(path = "/api/v1/agent/orders", produces = "text/plain;charset=UTF-8")
    String sheet(@RequestParam String service, @RequestParam @Nullable String instance) {
        return sheet.text(service, instance);
    }

    /** Orders in force, of one service or of all. */
    @GetMapping(PATH)
    Items all(@RequestParam @Nullable String service) {
        return new Items(book.all().stream()
                .filter(order ->
                        service == null || service.isBlank() || order.service().equals(service))
                .map(Given::of)
                .toList());
    }

    /** Replaces the order for the service, or for one instance of it. */
    @PutMapping(PATH)
    Mono<Given> give(
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String instance,
            @RequestBody(required = false) @Nullable String body) {
        return Mono.fromCallable(() -> {
                    OrderBody order = OrderBody.read(body);
                    return Given.of(orders.give(
                            named(service), blankless(instance), order.detail(), order.hooksOff(), order.options()));
                })
                .subscribeOn(scheduler);
    }

    /** Everything on again, but for what the service is ordered when this was about one instance. */
    @DeleteMapping(PATH)
    Mono<ResponseEntity<Void>> withdraw(
            @RequestParam @Nullable String service, @RequestParam @Nullable String instance) {
        return Mono.fromCallable(() -> {
                    if (!orders.withdraw(named(service), blankless(instance))) {
                        throw RefusedException.unknown(
                                "No such order",
                                instance == null ? "service " + service : "instance " + instance + " of " + service,
                                "an order in force",
                                "GET " + PATH + " lists them.");
                    }
                    return ResponseEntity.noContent().<Void>build();
                })
                .subscribeOn(scheduler);
    }

    private static String named(@Nullable String service) {
        if (service == null || service.isBlank()) {
            throw RefusedException.bad(
                    "No service named",
                    "no parameter service",
                    "the name of a service",
                    "Add ?service=<name>; GET /api/v1/services lists them.");
        }
        return service;
    }

    private static @Nullable String blankless(@Nullable String instance) {
        return instance == null || instance.isBlank() ? null : instance;
    }
}
