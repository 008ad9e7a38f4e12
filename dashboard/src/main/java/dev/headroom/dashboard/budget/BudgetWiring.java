package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.MetricStore;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the budget file at the start and sets the evaluator going. */
@Configuration(proxyBeanMethods = false)
class BudgetWiring {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetWiring.class);

    /** A file with a mistake stops the start here. */
    @Bean
    BudgetFile budgetFile(BudgetProperties properties, InstantSource clock) {
        BudgetFile file =
                new BudgetFileReader(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).read(properties.file());
        file.warnings().forEach(warning -> LOG.warn("{}: {}", file.name(), warning));
        LOG.info("{} budgets from {}", file.budgets().size(), file.name());
        return file;
    }

    @Bean(initMethod = "start")
    Evaluator evaluator(MetricStore store, BudgetFile file, InstantSource clock) {
        return new Evaluator(store, file, clock);
    }

    @Bean
    LimitsBook limitsBook(Evaluator evaluator) {
        return evaluator.limits();
    }
}
