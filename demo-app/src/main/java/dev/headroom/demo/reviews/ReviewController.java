package dev.headroom.demo.reviews;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The slow query: it reads the whole table for a handful of rows. */
@RestController
class ReviewController {
    private final JdbcClient jdbc;

    ReviewController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/reviews")
    List<Review> byReader(@RequestParam String reader) {
        return jdbc.sql("SELECT id, product_id, stars, body FROM review WHERE lower(reader) = lower(?) LIMIT 20")
                .param(reader)
                .query(Review.class)
                .list();
    }

    record Review(long id, long productId, int stars, String body) {}
}
