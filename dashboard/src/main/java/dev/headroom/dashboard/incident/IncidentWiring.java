package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.budget.BudgetFigures;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.store.IncidentStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets the incidents going. */
@Configuration(proxyBeanMethods = false)
class IncidentWiring {
    @Bean(initMethod = "start", destroyMethod = "close")
    Incidents incidents(BudgetReports reports, BudgetFigures figures, IncidentStore store, InstantSource clock) {
        return new Incidents(reports, figures, store, clock);
    }
}
