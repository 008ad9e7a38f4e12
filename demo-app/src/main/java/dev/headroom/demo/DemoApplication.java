package dev.headroom.demo;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Lazy;
import redis.clients.jedis.RedisClient;

/**
 * The shop, or with {@code --spring.profiles.active=petcare} (clinic, journal, tasks, study) the service of that guide: a profile
 * names the packages it is made of. Needs PostgreSQL, Redis and what it calls; {@code application*.yaml} say where they are.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan("${demo.packages}")
@EnableConfigurationProperties(DemoProperties.class)
public class DemoApplication {
    /** Starts one service; arguments are Spring's. */
    public static void main(String[] args) {
        SpringApplication.run(DemoApplication.class, args);
    }

    @Bean(destroyMethod = "close")
    @Lazy
    RedisClient redis(DemoProperties properties) {
        return RedisClient.create(properties.redis());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
