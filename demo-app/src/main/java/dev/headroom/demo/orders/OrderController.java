package dev.headroom.demo.orders;

import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Create, update and delete of orders, and the N+1 list. */
@RestController
class OrderController {
    private final Orders orders;

    OrderController(Orders orders) {
        this.orders = orders;
    }

    @GetMapping("/customers/{id}/orders")
    List<Order> ofCustomer(@PathVariable long id) {
        return orders.ofCustomer(id);
    }

    @PostMapping("/orders")
    ResponseEntity<Created> create(@RequestBody NewOrder wanted) {
        long id = orders.create(wanted.customerId(), wanted.lines());
        return ResponseEntity.created(URI.create("/orders/" + id)).body(new Created(id));
    }

    @PutMapping("/orders/{id}")
    ResponseEntity<Void> changeStatus(@PathVariable long id, @RequestParam String status) {
        return answer(orders.changeStatus(id, status));
    }

    @DeleteMapping("/orders/{id}")
    ResponseEntity<Void> delete(@PathVariable long id) {
        return answer(orders.delete(id));
    }

    private static ResponseEntity<Void> answer(boolean existed) {
        return existed
                ? ResponseEntity.noContent().build()
                : ResponseEntity.notFound().build();
    }

    record NewOrder(long customerId, List<Order.Line> lines) {}

    record Created(long id) {}
}
