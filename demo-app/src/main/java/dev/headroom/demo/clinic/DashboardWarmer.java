package dev.headroom.demo.clinic;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Every five minutes, as long as the statistics live: nobody finds them missing. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class DashboardWarmer {
    private final OptimisedClinic clinic;

    DashboardWarmer(OptimisedClinic clinic) {
        this.clinic = clinic;
    }

    @Scheduled(initialDelayString = "PT10S", fixedRateString = "PT5M")
    void warm() {
        clinic.warm(clinic.tenants());
    }
}
