package dev.headroom.demo.journal;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values in Redis as JSON through Spring Data on Lettuce. While Redis cannot be reached nothing is found and nothing is kept:
 * slower, never an error. Thread-safe.
 */
@Component
class JournalCache {
    private final StringRedisTemplate redis;
    private final JsonMapper json;

    JournalCache(StringRedisTemplate redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    <T> Optional<T> get(String key, TypeReference<T> type) {
        return getText(key).map(text -> json.readValue(text, type));
    }

    Optional<String> getText(String key) {
        try {
            return Optional.ofNullable(redis.opsForValue().get(key));
        } catch (DataAccessException unreachable) {
            return Optional.empty();
        }
    }

    void set(String key, Object value, Duration ttl) {
        setText(key, json.writeValueAsString(value), ttl);
    }

    void setText(String key, String text, Duration ttl) {
        unlessAway(() -> redis.opsForValue().set(key, text, ttl));
    }

    /** Sets the value and notes its key in a set, for {@link #forgetMembers}. */
    void setMember(String set, String key, Object value, Duration ttl) {
        set(key, value, ttl);
        unlessAway(() -> {
            redis.opsForSet().add(set, key);
            redis.expire(set, ttl);
        });
    }

    /** Forgets what the pattern {@code journal:list:<user>:*} would match, without KEYS: the set knows the pages there are. */
    void forgetMembers(String set) {
        unlessAway(() -> {
            Set<String> keys = redis.opsForSet().members(set);
            if (keys != null && !keys.isEmpty()) {
                redis.unlink(keys);
                redis.unlink(set);
            }
        });
    }

    void forget(String key) {
        unlessAway(() -> redis.unlink(key));
    }

    /** Throws DataAccessException when Redis cannot be reached. */
    void ping() {
        redis.execute((RedisCallback<String>) RedisConnectionCommands::ping);
    }

    /** What cannot be forgotten now is gone by its time to live at the latest. */
    private static void unlessAway(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException ignored) {
            // the next read finds nothing, or something as old as the time to live allows
        }
    }
}
