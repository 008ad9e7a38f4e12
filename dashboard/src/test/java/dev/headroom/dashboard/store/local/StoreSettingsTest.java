package dev.headroom.dashboard.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
    @Test
    void theDefaultsAreAllowed() {
        StoreSettings settings = StoreSettings.defaults();

        assertThat(settings.keep(Tier.S600)).isEqualTo(Duration.ofDays(30));
        assertThat(settings.maxBytes()).isEqualTo(20L << 30);
    }

    @Test
    void oneTimeForAllCutsTheLongerOnes() {
        Map<Tier, Duration> keep = StoreSettings.keepingAtMost(Duration.ofHours(24));

        assertThat(keep).containsEntry(Tier.RAW, Duration.ofHours(2)).containsEntry(Tier.S600, Duration.ofHours(24));
        assertThat(StoreSettings.keepingAtMost(Duration.ofDays(90))).containsEntry(Tier.S600, Duration.ofDays(90));
        new StoreSettings(keep, 1L << 30, 0);
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertThatThrownBy(() -> keeping(Tier.RAW, Duration.ofMinutes(1)))
                .hasMessage("headroom.store.keep.raw is 1m; it may be 10m to 3660d");
        assertThatThrownBy(() -> keeping(Tier.S60, Duration.ofHours(12)))
                .hasMessage(
                        "headroom.store.keep.service-1m is 12h, shorter than headroom.store.keep.service-10s (1d): the coarser measurements must reach back at least as far as the finer ones");
        assertThatThrownBy(() -> new StoreSettings(StoreSettings.defaults().keep(), 1_000, 0))
                .hasMessageContaining("headroom.store.max-size is 1000 bytes; it must be at least 16MB");
        assertThatThrownBy(() -> new StoreSettings(StoreSettings.defaults().keep(), 1L << 30, 1L << 31))
                .hasMessageContaining("headroom.store.reserve");
    }

    private static StoreSettings keeping(Tier tier, Duration length) {
        Map<Tier, Duration> keep = new HashMap<>(StoreSettings.defaults().keep());
        keep.put(tier, length);
        return new StoreSettings(keep, 1L << 30, 0);
    }
}
