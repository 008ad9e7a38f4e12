package dev.headroom.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SwitchesTest {
    private final Switches switches = new Switches();
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void everythingIsOnBeforeAnybodyOrders() {
        assertThat(switches.detail()).isEqualTo(Detail.ALL);
        assertThat(switches.begins("jdbc")).isTrue();
        assertThat(switches.option("examples.per-minute", 6)).isEqualTo(6);
    }

    @Test
    void theLowerOfTheTwoWishesIsInForce() {
        switches.order(Detail.NO_PATTERNS, Set.of(), Map.of());
        switches.govern(Detail.COUNTS_ONLY);
        assertThat(switches.detail()).isEqualTo(Detail.COUNTS_ONLY);
        switches.govern(Detail.ALL);
        assertThat(switches.detail()).isEqualTo(Detail.NO_PATTERNS);
        switches.order(Detail.OFF, Set.of(), Map.of());
        assertThat(switches.detail()).isEqualTo(Detail.OFF);
        assertThat(switches.begins("jdbc")).isFalse();
    }

    @Test
    void anOrderReplacesTheEarlierOne() {
        switches.order(Detail.ALL, Set.of("jdbc"), Map.of("slow.sql.ms", 200.0));
        assertThat(switches.begins("jdbc")).isFalse();
        assertThat(switches.begins("jedis")).isTrue();
        assertThat(switches.option("slow.sql.ms", 1)).isEqualTo(200);
        switches.order(Detail.ALL, Set.of("jedis"), Map.of());
        assertThat(switches.begins("jdbc")).isTrue();
        assertThat(switches.hooksOff()).containsExactly("jedis");
        assertThat(switches.option("slow.sql.ms", 1)).isEqualTo(1);
    }

    @Test
    void listenersAreToldOfChangesOnly() {
        switches.onChange(told::incrementAndGet);
        switches.order(Detail.ALL, Set.of(), Map.of());
        switches.govern(Detail.ALL);
        assertThat(told).hasValue(0);
        assertThat(switches.version()).isZero();
        switches.govern(Detail.NO_EXAMPLES);
        switches.order(Detail.ALL, Set.of("jdbc"), Map.of());
        assertThat(told).hasValue(2);
        assertThat(switches.version()).isEqualTo(2);
    }

    @Test
    void eachLevelLeavesOutOneMore() {
        assertThat(Detail.NO_EXAMPLES.examples()).isFalse();
        assertThat(Detail.NO_EXAMPLES.patterns()).isTrue();
        assertThat(Detail.NO_PATTERNS.patterns()).isFalse();
        assertThat(Detail.NO_PATTERNS.timings()).isTrue();
        assertThat(Detail.COUNTS_ONLY.timings()).isFalse();
        assertThat(Detail.COUNTS_ONLY.counts()).isTrue();
        assertThat(Detail.OFF.counts()).isFalse();
        for (Detail detail : Detail.values()) {
            assertThat(Detail.named(detail.word())).isEqualTo(detail);
        }
        assertThat(Detail.named("everything")).isNull();
    }
}
