package dev.headroom.demo.catalog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import tools.jackson.databind.json.JsonMapper;

/** Products in Redis, as JSON under {@code product:<id>}, for a minute. */
@Component
class ProductCache {
    private static final long TTL_SECONDS = 60;

    private final RedisClient redis;
    private final JsonMapper json;

    ProductCache(RedisClient redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    Optional<Product> get(long id) {
        @Nullable String found = redis.get(key(id));
        return Optional.ofNullable(found).map(text -> json.readValue(text, Product.class));
    }

    void put(Product product) {
        redis.set(
                key(product.id()),
                json.writeValueAsString(product),
                SetParams.setParams().ex(TTL_SECONDS));
    }

    void forget(long id) {
        redis.del(key(id));
    }

    private static String key(long id) {
        return "product:" + id;
    }
}
