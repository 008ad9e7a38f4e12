package dev.headroom.dashboard;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The dashboard: one process, one port for pages, API and OTLP. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DashboardApplication {
    /** The time of day for everything that asks for it; tests bring their own. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    public static void main(String[] args) {
        SpringApplication.run(DashboardApplication.class, args);
    }
}
