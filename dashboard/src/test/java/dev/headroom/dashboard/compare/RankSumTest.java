package dev.headroom.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RankSumTest {
    @Test
    void countsTheOrdersThatAreAsFarApart() {
        // Wholly apart: 2 of the binomial coefficient (n + m over n).
        assertThat(RankSum.p(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0))).isCloseTo(2 / 20.0, within(1e-12));
        assertThat(RankSum.p(ascending(6, 0), ascending(6, 10))).isCloseTo(2 / 924.0, within(1e-12));
        assertThat(RankSum.p(ascending(6, 10), ascending(6, 0))).isCloseTo(2 / 924.0, within(1e-12));
        // One win of nine: four orders have at most one (u = 0 and u = 1 in one way each), both sides.
        assertThat(RankSum.p(List.of(1.0, 2.0, 4.0), List.of(3.0, 5.0, 6.0))).isCloseTo(4 / 20.0, within(1e-12));
    }

    @Test
    void saysNothingOfEqualValuesAndOfNone() {
        assertThat(RankSum.p(List.of(1.0, 1.0, 1.0), List.of(1.0, 1.0, 1.0))).isEqualTo(1);
        assertThat(RankSum.p(List.of(), List.of(1.0))).isNaN();
    }

    @Test
    void staysExactForManyValues() {
        assertThat(RankSum.p(ascending(24, 0), ascending(24, 100))).isBetween(0.0, 1e-12);
        Random random = new Random(7);
        int below = 0;
        for (int i = 0; i < 2000; i++) {
            below += RankSum.p(
                                    DoubleStream.generate(random::nextGaussian)
                                            .limit(12)
                                            .boxed()
                                            .toList(),
                                    DoubleStream.generate(random::nextGaussian)
                                            .limit(15)
                                            .boxed()
                                            .toList())
                            <= 0.05
                    ? 1
                    : 0;
        }
        // 100 are expected; a binomial count of 2000 lies beyond these once in ten thousand seeds.
        assertThat(below).isBetween(60, 140);
    }

    private static List<Double> ascending(int n, double from) {
        return DoubleStream.iterate(from, value -> value + 0.1).limit(n).boxed().toList();
    }
}
