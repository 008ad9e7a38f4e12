package dev.headroom.dashboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.EventCounts;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackedCountsTest {
    @Test
    void addsWhatWasPackedHoweverLarge() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            Map<Integer, EventCounts> counts = new TreeMap<>();
            long[] expected = new long[500 * PackedCounts.PER_SUBJECT];
            long[] sums = new long[expected.length];
            for (int i = random.nextInt(60); i > 0; i--) {
                int number = random.nextInt(500);
                EventCounts count = new EventCounts(some(random), some(random), some(random));
                counts.put(number, count);
            }
            counts.forEach((number, count) -> {
                expected[number * 3] = count.all();
                expected[number * 3 + 1] = count.overTarget();
                expected[number * 3 + 2] = count.overAcceptable();
            });
            PackedCounts packed = PackedCounts.of(counts);
            packed.addTo(sums);
            assertThat(sums).isEqualTo(expected);
            packed.addTo(sums);
            for (int i = 0; i < expected.length; i++) {
                expected[i] *= 2;
            }
            assertThat(sums).isEqualTo(expected);
        }
    }

    private static long some(Random random) {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    @Test
    void nothingIsNothing() {
        long[] sums = {1, 2, 3};
        PackedCounts.NONE.addTo(sums);
        PackedCounts.of(Map.of()).addTo(sums);
        assertThat(sums).containsExactly(1, 2, 3);
    }
}
