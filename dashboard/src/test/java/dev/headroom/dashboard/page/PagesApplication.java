package dev.headroom.dashboard.page;

import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** Pages, operations and the live stream on a store in memory. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan({"dev.headroom.dashboard.page", "dev.headroom.dashboard.live", "dev.headroom.dashboard.operations"})
public class PagesApplication {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    FixtureStore store() {
        return new FixtureStore();
    }

    @Bean
    FixtureReports reports() {
        return new FixtureReports();
    }
}
