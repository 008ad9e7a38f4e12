package dev.headroom.dashboard.page;

import dev.headroom.dashboard.access.KeptCredentials;
import dev.headroom.dashboard.budget.BackTests;
import dev.headroom.dashboard.budget.BudgetBook;
import dev.headroom.dashboard.budget.BudgetInquiry;
import dev.headroom.dashboard.budget.Evaluator;
import dev.headroom.dashboard.budget.EventHistory;
import dev.headroom.dashboard.budget.LimitSuggestions;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.ingest.SeriesCap;
import dev.headroom.dashboard.notify.Notifications;
import dev.headroom.dashboard.notify.NotifyReport;
import dev.headroom.dashboard.run.RunArchive;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Delivery;
import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.RightOfWay;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.StoreReport;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Pages, operations and the live stream on a store in memory. No stereotype: the dashboard's own scan must not find it. */
@EnableAutoConfiguration(exclude = ReactiveUserDetailsServiceAutoConfiguration.class)
@Import(KeptCredentials.class)
@ComponentScan({
    "dev.headroom.dashboard.page",
    "dev.headroom.dashboard.live",
    "dev.headroom.dashboard.operations",
    "dev.headroom.dashboard.control",
    "dev.headroom.dashboard.history",
    "dev.headroom.dashboard.example",
    "dev.headroom.dashboard.finding",
    "dev.headroom.dashboard.compare",
    "dev.headroom.dashboard.economics",
    "dev.headroom.dashboard.plan",
    "dev.headroom.dashboard.redis"
})
public class PagesApplication {
    /** Who may see a page is not the pages' matter. */
    @Bean
    RightOfWay rightOfWay() {
        return new RightOfWay();
    }

    @Bean
    SecurityWebFilterChain anybody(ServerHttpSecurity http) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .authorizeExchange(rules -> rules.anyExchange().permitAll())
                .build();
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean(destroyMethod = "dispose")
    Scheduler storeReads() {
        return Schedulers.newBoundedElastic(2, 100, "store-read");
    }

    @Bean(destroyMethod = "dispose")
    Scheduler storeWrites() {
        return Schedulers.newBoundedElastic(2, 100, "store-write");
    }

    @Bean(destroyMethod = "dispose")
    Scheduler passwordHashing() {
        return Schedulers.newBoundedElastic(1, 100, "password");
    }

    @Bean
    SeriesCap series(InstantSource clock) {
        return new SeriesCap(1_000, 1_000, 10, clock);
    }

    @Bean
    FixtureStore store() {
        return new FixtureStore();
    }

    /** Nobody sent an example. */
    @Bean(destroyMethod = "close")
    EventStore events() {
        return new EventStore() {
            @Override
            public MetricStore.Outcome append(
                    Sender sender, Batch.Cursor cursor, Delivery delivery, List<Event> events) {
                return new MetricStore.Outcome.Stored();
            }

            @Override
            public List<Kept> newest(String service, Set<String> kinds, TimeRange range, int most) {
                return List.of();
            }

            @Override
            public List<Kept> examples(ExampleSearch search) {
                return List.of();
            }

            @Override
            public @Nullable Kept example(String id) {
                return null;
            }

            @Override
            public List<Ledger> ledgers(String service) {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Bean
    Notifications notifications() {
        return () -> new NotifyReport(
                2,
                List.of(
                        new NotifyReport.Told(
                                "page/webhook/1",
                                "https://hooks.example.org/…",
                                "slack",
                                null,
                                2,
                                "answered 503",
                                Instant.now().minusSeconds(90)),
                        new NotifyReport.Told("ticket/email/1", "team@example.org", "e-mail", null, 0, null, null)));
    }

    @Bean
    StoreReport storeReport() {
        return new FixtureStoreReport();
    }

    @Bean
    FixtureRuns runs() {
        return new FixtureRuns();
    }

    @Bean
    RunArchive runArchive(FixtureRuns runs) {
        return new RunArchive(runs);
    }

    @Bean
    FixtureSettings settings() {
        return new FixtureSettings();
    }

    @Bean
    EpochBook epochs(FixtureSettings settings, FixtureStore store, InstantSource clock) {
        return new EpochBook(settings, store, clock);
    }

    @Bean
    FixtureHistory history() {
        return new FixtureHistory();
    }

    /** Never started: verdicts are the fixture's, counts and causes those of the store. */
    @Bean(destroyMethod = "close")
    Evaluator evaluator(MetricStore store, InstantSource clock) {
        return new Evaluator(store, FixtureBudgets.file(), clock);
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
    @Primary
    FixtureReports reports() {
        return new FixtureReports();
    }

    @Bean
    BudgetBook budgetBook(InstantSource clock) {
        String text = "version: 1\nextends: [headroom:jvm]\n";
        return new BudgetBook(
                new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse("budgets.yaml", text), text, clock.instant());
    }

    @Bean(destroyMethod = "close")
    BackTests backTests(MetricStore store) {
        return new BackTests(store);
    }

    @Bean
    LimitSuggestions suggestions(MetricStore store) {
        return new LimitSuggestions(store);
    }
}
