package dev.headroom.demo;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import redis.clients.jedis.RedisClient;

/** The shop. Needs PostgreSQL, Redis and the supplier; {@code application.yaml} says where they are looked for. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(DemoProperties.class)
public class DemoApplication {
    /** Starts the shop; arguments are Spring's. */
    public static void main(String[] args) {
        SpringApplication.run(DemoApplication.class, args);
    }

    @Bean(destroyMethod = "close")
    RedisClient redis(DemoProperties properties) {
        return RedisClient.create(properties.redis());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
