package dev.headroom.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadMixTest {
    @Test
    void theSameSeedMakesTheSameRequests() {
        assertThat(asks(42)).isEqualTo(asks(42)).isNotEqualTo(asks(43));
    }

    @Test
    void weightsDecideHowOftenAStepIsPicked() {
        assertThat(asks(1).stream()
                        .filter(ask -> ask.route().equals("GET /products/{id}"))
                        .count())
                .isBetween(2200L, 3200L);
    }

    private static List<Ask> asks(long seed) {
        LoadMix mix = LoadMix.shop();
        Visitor visitor = new Visitor(seed);
        return IntStream.range(0, 10_000)
                .mapToObj(number -> mix.pick(visitor).ask().apply(visitor))
                .toList();
    }
}
