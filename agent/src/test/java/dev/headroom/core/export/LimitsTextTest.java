package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTextTest {
    @Test
    void readsVersionAndLimits() {
        LimitsText text = LimitsText.parse(
                "version 7f\nhttp.server.request.duration 99999999 250000000\nsomething.newer 1 2\n\n");

        assertThat(text.version()).isEqualTo("7f");
        assertThat(text.of(Metric.HTTP_SERVER_DURATION)).isNotSameAs(Limits.NONE);
        assertThat(text.of(Metric.DB_DURATION)).isSameAs(Limits.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "'<html>', 'line 1 is \"<html>\", expected \"version <v>\"'",
        "'version 1\nhttp.server.request.duration 5 x', 'line 2 has \"x\", expected whole nanoseconds'",
        "'version 1\nhttp.server.request.duration 5 5', 'line 2 has 5 after 5, expected ascending limits from 0'",
        "'version 1\nhttp.server.request.duration -1', 'line 2 has -1 after nothing, expected ascending limits from 0'",
        "'version 1\nhttp.server.request.duration 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17', 'line 2 has 17 limits, expected at most 16'"
    })
    void saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitsText.parse(text))
                .withMessage(message);
    }
}
