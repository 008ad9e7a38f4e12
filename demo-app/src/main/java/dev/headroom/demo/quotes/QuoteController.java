package dev.headroom.demo.quotes;

import java.io.IOException;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A quote is the supplier's price plus ours; without theirs it is a 502. */
@RestController
class QuoteController {
    private static final long OUR_SHARE_CENTS = 250;

    private final Supplier supplier;

    QuoteController(Supplier supplier) {
        this.supplier = supplier;
    }

    @GetMapping("/quotes/{productId}")
    ResponseEntity<Quote> quote(@PathVariable long productId) throws IOException, InterruptedException {
        OptionalLong theirs = supplier.priceCents(productId);
        return theirs.isPresent()
                ? ResponseEntity.ok(new Quote(productId, theirs.getAsLong() + OUR_SHARE_CENTS))
                : ResponseEntity.status(HttpStatus.BAD_GATEWAY).build();
    }

    record Quote(long productId, long priceCents) {}
}
