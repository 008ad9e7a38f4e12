package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FleetTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final Fleet fleet = new Fleet(now::get);

    private void report(int agents) {
        for (int i = 0; i < agents; i++) {
            fleet.reported("agent-" + i);
            fleet.reported("agent-" + i);
        }
    }

    @Test
    void spreadsLongerTheMoreAgentsReport() {
        assertThat(fleet.spreadMillis()).isEqualTo(1_000);
        report(1_000);
        assertThat(fleet.spreadMillis()).isEqualTo(10_000);
        now.set(now.get().plusSeconds(60));
        assertThat(fleet.size()).as("the new minute has just begun").isEqualTo(1_000);
        now.set(now.get().plusSeconds(60));
        assertThat(fleet.size()).isZero();
        report(100_000);
        assertThat(fleet.spreadMillis()).isEqualTo(120_000);
    }

    @Test
    void sendsStockSendersAwayForDifferentTimes() {
        report(2_000);
        Set<Long> seconds = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            seconds.add(fleet.retryAfterSeconds());
        }
        assertThat(seconds).hasSize(21).allMatch(second -> second >= 1 && second <= 21);
    }
}
