package dev.headroom.dashboard.ingest;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** The limits of series, and the warning before they are reached. */
@Configuration(proxyBeanMethods = false)
class SeriesWiring {
    private static final Duration WARN_EVERY = Duration.ofHours(1);
    private static final Duration FIRST_LOOK = Duration.ofMinutes(5);

    @Bean
    SeriesCap seriesCap(
            InstantSource clock,
            @Value("${headroom.ingest.max-series-per-service}") int perService,
            @Value("${headroom.ingest.max-series}") int inAll,
            @Value("${headroom.ingest.max-services}") int mostServices) {
        return new SeriesCap(perService, inAll, mostServices, clock);
    }

    @Bean(destroyMethod = "dispose")
    Disposable seriesWarnings(SeriesCap cap, @Qualifier("storeReads") Scheduler scheduler) {
        return scheduler.schedulePeriodically(
                cap::warnOfFull, FIRST_LOOK.toMillis(), WARN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
}
