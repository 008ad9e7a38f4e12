package dev.headroom.dashboard;

import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.RightOfWay;
import dev.headroom.dashboard.store.RunStore;
import dev.headroom.dashboard.store.SettingStore;
import dev.headroom.dashboard.store.local.EventFile;
import dev.headroom.dashboard.store.local.ReadAhead;
import dev.headroom.dashboard.store.local.SqliteMetricStore;
import dev.headroom.dashboard.store.local.StoreSettings;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The only place that knows which store it is, and the threads that may wait for it. */
@Configuration(proxyBeanMethods = false)
class StoreWiring {
    private static final int WRITE_THREADS = 32;
    private static final int READ_THREADS = 8;
    private static final int WAITING_CALLS = 10_000;

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean(destroyMethod = "close")
    SqliteMetricStore metricStore(DashboardProperties properties, RightOfWay way, InstantSource clock) {
        DashboardProperties.Store store = properties.store();
        SqliteMetricStore metrics = new SqliteMetricStore(
                store.path(), settings(store), store.cache().toBytes(), clock);
        metrics.beforeEachRollUp(way::giveWay);
        return metrics;
    }

    private static StoreSettings settings(DashboardProperties.Store store) {
        try {
            return new StoreSettings(
                    store.keep().byTier(),
                    store.maxSize().toBytes(),
                    store.reserve().toBytes());
        } catch (IllegalArgumentException wrong) {
            throw new StartRefusedException(
                    String.valueOf(wrong.getMessage()),
                    "Correct the setting; application.yaml in the jar has every one with its default.");
        }
    }

    /** Made after the metrics' store, which holds the directory's lock. */
    @Bean(destroyMethod = "close")
    EventStore eventStore(
            SqliteMetricStore metrics,
            DashboardProperties properties,
            @Value("${headroom.store.max-examples}") DataSize maxExamples,
            InstantSource clock) {
        return new EventFile(properties.store().path(), maxExamples.toBytes(), clock);
    }

    @Bean
    SettingStore settingStore(SqliteMetricStore store) {
        return store.settings();
    }

    @Bean
    IncidentStore incidentStore(SqliteMetricStore store) {
        return store.incidents();
    }

    @Bean
    RunStore runStore(SqliteMetricStore store) {
        return store.runs();
    }

    @Bean
    HistoryStore historyStore(SqliteMetricStore store) {
        return store.history();
    }

    @Bean
    RightOfWay rightOfWay() {
        return new RightOfWay();
    }

    @Bean(destroyMethod = "close")
    ReadAhead readAhead(SqliteMetricStore store, RightOfWay way, InstantSource clock) {
        return new ReadAhead(store, way, clock).start();
    }

    /** For requests that wait for a commit. */
    @Bean(destroyMethod = "dispose")
    Scheduler storeWrites() {
        return Schedulers.newBoundedElastic(WRITE_THREADS, WAITING_CALLS, "store-write");
    }

    /** For pages and API calls that read the store. */
    @Bean(destroyMethod = "dispose")
    Scheduler storeReads() {
        return Schedulers.newBoundedElastic(READ_THREADS, WAITING_CALLS, "store-read");
    }
}
