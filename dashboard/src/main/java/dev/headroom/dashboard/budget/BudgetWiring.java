package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.RightOfWay;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the budget file at the start, sets the evaluator going and watches the file. */
@Configuration(proxyBeanMethods = false)
class BudgetWiring {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetWiring.class);

    /** What is read once, with the text that it was read from. */
    record FirstFile(BudgetFile file, String text) {}

    /** A file with a mistake stops the start here. */
    @Bean
    FirstFile firstBudgetFile(BudgetProperties properties, InstantSource clock) {
        String place = properties.file();
        String text = BudgetFileReader.text(place);
        BudgetFile file = new BudgetFileReader(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).parse(place, text);
        file.warnings().forEach(warning -> LOG.warn("{}: {}", file.name(), warning));
        LOG.info("{} budgets from {}", file.budgets().size(), file.name());
        return new FirstFile(file, text);
    }

    @Bean
    BudgetBook budgetBook(FirstFile first, InstantSource clock) {
        return new BudgetBook(first.file(), first.text(), clock.instant());
    }

    @Bean(initMethod = "start")
    Evaluator evaluator(
            MetricStore store,
            BudgetBook book,
            InstantSource clock,
            RightOfWay way,
            ObjectProvider<Baselines> runs,
            ObjectProvider<Epochs> epochs) {
        Baselines none = (service, compare, window) -> new Baselines.Baseline.None("no runs are kept here");
        Baselines time = new TimeBaselines(runs.getIfAvailable(() -> none), epochs.getIfAvailable(() -> Epochs.NONE));
        Evaluator evaluator = new Evaluator(store, book.file(), time, clock);
        evaluator.beforeEach(way::giveWay);
        book.onReplaced(evaluator::replace);
        return evaluator;
    }

    /** Made after the evaluator, which must hear of a newer file. */
    @Bean(initMethod = "start")
    BudgetFileWatch budgetFileWatch(
            BudgetBook book, FirstFile first, BudgetProperties properties, InstantSource clock, Evaluator evaluator) {
        return new BudgetFileWatch(book, properties.file(), first.text(), clock);
    }

    @Bean(initMethod = "start")
    Unmatched unmatched(MetricStore store, BudgetBook book, InstantSource clock) {
        return new Unmatched(store, book, clock);
    }

    @Bean
    BackTests backTests(MetricStore store) {
        return new BackTests(store);
    }

    @Bean
    LimitSuggestions limitSuggestions(MetricStore store) {
        return new LimitSuggestions(store);
    }

    @Bean
    EventHistory eventHistory(Evaluator evaluator) {
        return evaluator.history();
    }

    @Bean
    BudgetInquiry budgetInquiry(Evaluator evaluator) {
        return evaluator.inquiry();
    }

    @Bean
    LimitsBook limitsBook(Evaluator evaluator) {
        return evaluator.limits();
    }
}
