package dev.headroom.demo.tasks;

import dev.headroom.demo.paging.Page;
import io.lettuce.core.ClientOptions;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.cache.autoconfigure.RedisCacheManagerBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializationContext.SerializationPair;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** The caches behind the annotations: one for each kind of data with the guide's time to live, as JSON in Redis. */
@Configuration(proxyBeanMethods = false)
@EnableCaching(proxyTargetClass = true)
class TaskCaches implements CachingConfigurer {
    static final String USER = "user";
    static final String USER_LIST = "users";
    static final String PREFERENCES = "preferences";

    @Bean
    RedisCacheManagerBuilderCustomizer timesToLive(JsonMapper json) {
        JavaType users = json.getTypeFactory().constructParametricType(Page.class, Tasks.User.class);
        return builder -> builder.withInitialCacheConfigurations(Map.of(
                USER, cache(json, json.constructType(Tasks.User.class), Duration.ofMinutes(10)),
                USER_LIST, cache(json, users, Duration.ofMinutes(1)),
                PREFERENCES, cache(json, json.constructType(Tasks.Preferences.class), Duration.ofHours(1))));
    }

    /** Without Redis every read asks the database; nobody gets an error. */
    @Override
    public CacheErrorHandler errorHandler() {
        return new LoggingCacheErrorHandler();
    }

    /** A command fails at once while Redis is away, instead of waiting for its time-out. */
    @Bean
    LettuceClientOptionsBuilderCustomizer atOnce() {
        return options -> options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
    }

    private static RedisCacheConfiguration cache(JsonMapper json, JavaType type, Duration ttl) {
        return RedisCacheConfiguration.defaultCacheConfig()
                .entryTtl(ttl)
                .computePrefixWith(name -> name + ":")
                .disableCachingNullValues()
                .serializeValuesWith(SerializationPair.fromSerializer(new JacksonJsonRedisSerializer<>(json, type)));
    }
}
