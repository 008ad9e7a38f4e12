package dev.headroom.dashboard.access;

import dev.headroom.dashboard.store.SettingStore;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;

/** What people and programs are known by; also for the command line, which starts no server. */
@Configuration(proxyBeanMethods = false)
public class KeptCredentials {
    @Bean
    Tokens tokens(SettingStore store, InstantSource clock, @Qualifier("storeWrites") Scheduler writes) {
        return new Tokens(store, clock, writes::schedule);
    }

    @Bean
    Users users(SettingStore store, InstantSource clock) {
        return new Users(store, new Passwords(), clock);
    }
}
