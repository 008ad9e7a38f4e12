package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.dashboard.store.local.Tier;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StoreKeepTest {
    @Test
    void everyLevelHasItsOwnTime() {
        StoreKeep keep = bind(Map.of("keep.raw", "1h", "keep.service-10m", "90d"));

        assertThat(keep.byTier())
                .containsEntry(Tier.RAW, Duration.ofHours(1))
                .containsEntry(Tier.S600, Duration.ofDays(90))
                .containsEntry(Tier.S60, Tier.S60.keep());
    }

    @Test
    void oneTimeForAllStillWorks() {
        StoreKeep keep = bind(Map.of("keep", "24h", "keep.service-10m", "30d"));

        assertThat(keep.byTier())
                .containsEntry(Tier.RAW, Tier.RAW.keep())
                .containsEntry(Tier.I60, Duration.ofHours(24))
                .containsEntry(Tier.S600, Duration.ofHours(24));
    }

    @Test
    void whatIsNoTimeIsNamed() {
        assertThatThrownBy(() -> bind(Map.of("keep", "some days")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("'some days' is not a valid duration");
    }

    private static StoreKeep bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("keep", StoreKeep.class)
                .get();
    }
}
