package dev.headroom.demo.baskets;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** A basket is the hash {@code basket:<customer>}: product id to pieces, for half an hour after the last change. */
@RestController
@RequestMapping("/baskets/{customer}")
class BasketController {
    private static final long TTL_SECONDS = 1800;

    private final RedisClient redis;

    BasketController(RedisClient redis) {
        this.redis = redis;
    }

    /** MULTI, HINCRBY, EXPIRE, EXEC. */
    @PostMapping
    Pieces add(@PathVariable long customer, @RequestParam long product) {
        try (AbstractTransaction transaction = redis.multi()) {
            Response<Long> pieces = transaction.hincrBy(key(customer), Long.toString(product), 1);
            transaction.expire(key(customer), TTL_SECONDS);
            transaction.exec();
            return new Pieces(pieces.get());
        }
    }

    /** HGETALL and TTL in one round trip. */
    @GetMapping
    Basket show(@PathVariable long customer) {
        try (Pipeline pipeline = redis.pipelined()) {
            Response<Map<String, String>> items = pipeline.hgetAll(key(customer));
            Response<Long> ttl = pipeline.ttl(key(customer));
            pipeline.sync();
            return new Basket(items.get(), ttl.get());
        }
    }

    private static String key(long customer) {
        return "basket:" + customer;
    }

    record Pieces(long pieces) {}

    record Basket(Map<String, String> items, long secondsLeft) {
        Basket {
            items = Map.copyOf(items);
        }
    }
}
