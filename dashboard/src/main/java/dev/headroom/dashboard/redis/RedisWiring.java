package dev.headroom.dashboard.redis;

import dev.headroom.dashboard.store.MetricStore;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets the asking going. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedisProperties.class)
class RedisWiring {
    @Bean
    RedisServers redisServers(MetricStore store, RedisProperties properties, InstantSource clock, SslBundles bundles) {
        return new RedisServers(store, properties, clock, bundles);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    RedisThread redisThread(RedisServers servers, RedisProperties properties) {
        return new RedisThread(servers, properties);
    }
}
