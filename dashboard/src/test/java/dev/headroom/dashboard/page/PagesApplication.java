package dev.headroom.dashboard.page;

import dev.headroom.dashboard.access.KeptCredentials;
import dev.headroom.dashboard.ingest.SeriesCap;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Delivery;
import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.StoreReport;
import dev.headroom.dashboard.store.TimeRange;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
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
    "dev.headroom.dashboard.control"
})
public class PagesApplication {
    /** Who may see a page is not the pages' matter. */
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
            public List<Ledger> ledgers(String service) {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Bean
    StoreReport storeReport() {
        return new FixtureStoreReport();
    }

    @Bean
    FixtureSettings settings() {
        return new FixtureSettings();
    }

    @Bean
    FixtureReports reports() {
        return new FixtureReports();
    }
}
