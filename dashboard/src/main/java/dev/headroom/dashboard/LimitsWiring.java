package dev.headroom.dashboard;

import dev.headroom.dashboard.budget.LimitsBook;
import dev.headroom.dashboard.ingest.LimitsVersion;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the receiver tell agents when the budgets' limits have changed, without knowing the budgets. */
@Configuration(proxyBeanMethods = false)
class LimitsWiring {
    @Bean
    LimitsVersion limitsVersion(LimitsBook limits) {
        return limits::version;
    }
}
