package dev.headroom.dashboard.page;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Pages, operations and the live stream on a store in memory. No stereotype: the dashboard's own scan must not find it. */
@EnableAutoConfiguration
@ComponentScan({
    "dev.headroom.dashboard.page",
    "dev.headroom.dashboard.live",
    "dev.headroom.dashboard.operations",
    "dev.headroom.dashboard.control"
})
public class PagesApplication {
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean(destroyMethod = "dispose")
    Scheduler storeReads() {
        return Schedulers.newBoundedElastic(2, 100, "store-read");
    }

    @Bean
    FixtureStore store() {
        return new FixtureStore();
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
