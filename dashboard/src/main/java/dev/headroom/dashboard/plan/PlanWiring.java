package dev.headroom.dashboard.plan;

import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.SettingStore;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets the asking going. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PlanProperties.class)
class PlanWiring {
    @Bean
    PlanBook planBook(SettingStore settings) {
        return new PlanBook(settings);
    }

    @Bean
    Plans plans(MetricStore metrics, PlanBook book, PlanProperties properties, InstantSource clock) {
        return new Plans(metrics, book, properties, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PlanThread planThread(Plans plans) {
        return new PlanThread(plans);
    }
}
