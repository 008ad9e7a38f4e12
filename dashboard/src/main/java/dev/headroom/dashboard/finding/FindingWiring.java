package dev.headroom.dashboard.finding;

import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.plan.PlanBook;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.SettingStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets the checks going. */
@Configuration(proxyBeanMethods = false)
class FindingWiring {
    @Bean
    Findings findings(
            MetricStore metrics, Examples examples, PlanBook plans, SettingStore settings, InstantSource clock) {
        return new Findings(metrics, examples, plans, new FindingBook(settings), clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    FindingThread findingThread(Findings findings) {
        return new FindingThread(findings);
    }
}
