package dev.headroom.demo.clinic;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Caffeine for ten seconds in front of Redis for as long as is said. Only one thread of this process loads a missing key; large
 * values are compressed. Another process' write is seen here at most ten seconds late. Thread-safe.
 */
@Component
class TwoLevelCache {
    /** Below this gzip saves less than it costs. */
    private static final int COMPRESSED_FROM_BYTES = 1024;

    private static final int GZIP_FIRST_BYTE = 0x1f;

    private final Cache<String, Object> near = Caffeine.newBuilder()
            .maximumSize(2_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();
    private final RedisClient redis;
    private final JsonMapper json;

    TwoLevelCache(RedisClient redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** Null is what {@code load} returned; it is not cached. */
    @SuppressWarnings("unchecked") // a key always has values of one type
    <T> @Nullable T get(String key, Duration ttl, TypeReference<T> type, Supplier<@Nullable T> load) {
        return (T) near.get(key, missing -> {
            byte[] bytes = redis.get(bytes(key));
            if (bytes != null) {
                return read(bytes, type);
            }
            T loaded = load.get();
            if (loaded != null) {
                redis.set(bytes(key), written(loaded), SetParams.setParams().ex(ttl.toSeconds()));
            }
            return loaded;
        });
    }

    <T> Map<Long, T> getMany(List<Long> ids, Function<Long, String> key, TypeReference<T> type) {
        List<byte[]> values =
                redis.mget(ids.stream().map(key).map(TwoLevelCache::bytes).toArray(byte[][]::new));
        Map<Long, T> found = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                found.put(ids.get(i), read(value, type));
            }
        }
        return found;
    }

    /** The first of a sorted set, which {@code load} tells in its order where there is none. */
    List<String> first(String key, int count, Duration ttl, Supplier<Map<String, Double>> load) {
        List<String> first = redis.zrange(key, 0, count - 1L);
        if (!first.isEmpty()) {
            return first;
        }
        Map<String, Double> loaded = load.get();
        if (!loaded.isEmpty()) {
            try (Pipeline pipeline = redis.pipelined()) {
                pipeline.zadd(key, loaded);
                pipeline.expire(key, ttl.toSeconds());
                pipeline.sync();
            }
        }
        return loaded.keySet().stream().limit(count).toList();
    }

    <T> void setMany(Collection<T> values, Function<T, String> key, Duration ttl) {
        try (Pipeline pipeline = redis.pipelined()) {
            values.forEach(value -> pipeline.set(
                    bytes(key.apply(value)),
                    written(value),
                    SetParams.setParams().ex(ttl.toSeconds())));
            pipeline.sync();
        }
    }

    void put(String key, Object value, Duration ttl) {
        near.put(key, value);
        redis.set(bytes(key), written(value), SetParams.setParams().ex(ttl.toSeconds()));
    }

    void forget(String key) {
        near.invalidate(key);
        redis.unlink(key);
    }

    private byte[] written(Object value) {
        byte[] plain = json.writeValueAsBytes(value);
        if (plain.length < COMPRESSED_FROM_BYTES) {
            return plain;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    /** JSON never begins with gzip's first byte. */
    private <T> T read(byte[] bytes, TypeReference<T> type) {
        if (bytes[0] != GZIP_FIRST_BYTE) {
            return json.readValue(bytes, type);
        }
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return json.readValue(gzip.readAllBytes(), type);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A cached value is damaged", damaged);
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
