package dev.headroom.demo.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads and repricing of products. */
@RestController
@RequestMapping("/products")
class ProductController {
    private static final int PAGE_SIZE = 20;

    private final Products products;
    private final ProductCache cache;

    ProductController(Products products, ProductCache cache) {
        this.products = products;
        this.cache = cache;
    }

    /** The cached read: Redis first, the table and a write to Redis on a miss. */
    @GetMapping("/{id}")
    ResponseEntity<Product> cached(@PathVariable long id) {
        Optional<Product> found = cache.get(id);
        if (found.isEmpty()) {
            found = products.find(id);
            found.ifPresent(cache::put);
        }
        return ResponseEntity.of(found);
    }

    /** The uncached read of the same row. */
    @GetMapping("/{id}/stock")
    ResponseEntity<Product> uncached(@PathVariable long id) {
        return ResponseEntity.of(products.find(id));
    }

    @GetMapping
    List<Product> page(@RequestParam(defaultValue = "0") int page) {
        return products.page(Math.max(0, page), PAGE_SIZE);
    }

    @PutMapping("/{id}/price")
    ResponseEntity<Void> reprice(@PathVariable long id, @RequestParam long cents) {
        if (!products.reprice(id, cents)) {
            return ResponseEntity.notFound().build();
        }
        cache.forget(id);
        return ResponseEntity.status(HttpStatus.NO_CONTENT).build();
    }
}
