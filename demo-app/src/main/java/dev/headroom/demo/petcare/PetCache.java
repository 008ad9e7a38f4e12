package dev.headroom.demo.petcare;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values in Redis as JSON, each with a time to live. While Redis cannot be reached they are kept in this process instead, a
 * minute at most, and Redis is asked again every two seconds: its absence is slower, never an error. Thread-safe.
 */
@Component
class PetCache {
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Cache<String, String> fallback = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final AtomicLong redisAgainNanos = new AtomicLong(System.nanoTime());
    private final RedisClient redis;
    private final JsonMapper json;

    PetCache(RedisClient redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** The cached value, or what {@code load} returns, which is then cached. */
    <T> T readThrough(String key, Duration ttl, TypeReference<T> type, Supplier<T> load) {
        return readThroughIfAny(key, ttl, type, () -> Optional.of(load.get())).orElseThrow();
    }

    /** The same for what may be absent; absence is not cached. */
    <T> Optional<T> readThroughIfAny(String key, Duration ttl, TypeReference<T> type, Supplier<Optional<T>> load) {
        String found = ask(() -> redis.get(key), () -> fallback.getIfPresent(key));
        if (found != null) {
            return Optional.of(json.readValue(found, type));
        }
        Optional<T> loaded = load.get();
        loaded.ifPresent(value -> set(key, json.writeValueAsString(value), ttl));
        return loaded;
    }

    /** What is cached of the given ids, by one command. */
    <T> Map<Long, T> getMany(List<Long> ids, Function<Long, String> key, TypeReference<T> type) {
        String[] keys = ids.stream().map(key).toArray(String[]::new);
        List<@Nullable String> texts = ask(() -> redis.mget(keys), List::<@Nullable String>of);
        Map<Long, T> found = new LinkedHashMap<>();
        for (int i = 0; texts != null && i < texts.size(); i++) {
            String text = texts.get(i);
            if (text != null) {
                found.put(ids.get(i), json.readValue(text, type));
            }
        }
        return found;
    }

    /** Sets them all in one round trip. */
    <T> void setMany(Collection<T> values, Function<T, String> key, Duration ttl) {
        ask(
                () -> {
                    try (Pipeline pipeline = redis.pipelined()) {
                        for (T value : values) {
                            pipeline.set(key.apply(value), json.writeValueAsString(value), ex(ttl));
                        }
                        pipeline.sync();
                    }
                    return "OK";
                },
                () -> "not kept");
    }

    /** Counts up; the count begins again when nobody counted for the time to live. */
    long increment(String key, Duration ttl) {
        Long count = ask(
                () -> {
                    try (Pipeline pipeline = redis.pipelined()) {
                        var value = pipeline.incr(key);
                        pipeline.expire(key, ttl.toSeconds());
                        pipeline.sync();
                        return value.get();
                    }
                },
                () -> 0L);
        return count == null ? 0 : count;
    }

    /** Forgets exactly these keys: a write knows which it touches, so nothing has to be searched for. */
    void forget(String... keys) {
        fallback.invalidateAll(List.of(keys));
        ask(() -> redis.unlink(keys), () -> 0L);
    }

    private void set(String key, String text, Duration ttl) {
        ask(() -> redis.set(key, text, ex(ttl)), () -> {
            fallback.put(key, text);
            return "kept";
        });
    }

    private <T> @Nullable T ask(Supplier<@Nullable T> inRedis, Supplier<@Nullable T> without) {
        if (System.nanoTime() - redisAgainNanos.get() < 0) {
            return without.get();
        }
        try {
            return inRedis.get();
        } catch (JedisException unreachable) {
            redisAgainNanos.set(System.nanoTime() + PAUSE_NANOS);
            return without.get();
        }
    }

    private static SetParams ex(Duration ttl) {
        return SetParams.setParams().ex(ttl.toSeconds());
    }
}
