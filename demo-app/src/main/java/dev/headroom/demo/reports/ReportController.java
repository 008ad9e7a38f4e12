package dev.headroom.demo.reports;

import dev.headroom.demo.DemoProperties;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pool that fills up: the connection is held for the query and for the rendering after it. */
@RestController
class ReportController {
    private final ReportPool pool;
    private final Duration rendering;

    ReportController(ReportPool pool, DemoProperties properties) {
        this.pool = pool;
        this.rendering = properties.reports().rendering();
    }

    @GetMapping("/reports/bestsellers")
    List<Bestseller> bestsellers() throws SQLException, InterruptedException {
        try (Connection connection = pool.borrow();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT product_id, sum(pieces) FROM order_line GROUP BY product_id ORDER BY 2 DESC LIMIT 10");
                ResultSet rows = query.executeQuery()) {
            List<Bestseller> best = new ArrayList<>();
            while (rows.next()) {
                best.add(new Bestseller(rows.getLong(1), rows.getLong(2)));
            }
            TimeUnit.MILLISECONDS.sleep(rendering.toMillis()); // stands for a PDF writer
            return best;
        }
    }

    @ExceptionHandler
    ResponseEntity<String> busy(SQLTransientConnectionException refused) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body("All report connections are busy.");
    }

    record Bestseller(long productId, long pieces) {}
}
