package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Limits;
import dev.headroom.core.record.Recorder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersTextTest {
    private final Switches switches = new Switches();
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 1, switches);

    @Test
    void readsVersionAndLimits() {
        OrdersText text = OrdersText.parse(
                "version 7f\nhttp.server.request.duration 99999999 250000000\nsomething.newer 1 2\n\n");

        assertThat(text.version()).isEqualTo("7f");
        assertThat(text.of(Metric.HTTP_SERVER_DURATION)).isNotSameAs(Limits.NONE);
        assertThat(text.of(Metric.DB_DURATION)).isSameAs(Limits.NONE);
    }

    @Test
    void switchesWhatIsOrderedAndOnAgainWhatIsNoLonger() {
        OrdersText.parse("version 1\ndetail no-patterns\noff jedis\noff tomcat\noption slow.sql.ms 2.5\n")
                .obey(recorder);
        assertThat(switches.detail()).isEqualTo(Detail.NO_PATTERNS);
        assertThat(switches.hooksOff()).containsExactlyInAnyOrder("jedis", "tomcat");
        assertThat(switches.options()).isEqualTo(Map.of("slow.sql.ms", 2.5));

        OrdersText.parse("version 2\n").obey(recorder);
        assertThat(switches.detail()).isEqualTo(Detail.ALL);
        assertThat(switches.hooksOff()).isEmpty();
        assertThat(switches.options()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'<html>', 'line 1 is \"<html>\", expected \"version <v>\"'",
        "'version 1\nhttp.server.request.duration 5 x', 'line 2 has \"x\", expected whole nanoseconds'",
        "'version 1\nhttp.server.request.duration 5 5', 'line 2 has 5 after 5, expected ascending limits from 0'",
        "'version 1\nhttp.server.request.duration -1', 'line 2 has -1 after nothing, expected ascending limits from 0'",
        "'version 1\nhttp.server.request.duration 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17', 'line 2 has 17 limits, expected at most 16'",
        "'version 1\ndetail some', 'line 2 has detail \"some\", expected one of all, no-examples, no-patterns, counts-only, off'",
        "'version 1\n\noff', 'line 3 is \"off\", expected \"off <hook>\"'",
        "'version 1\noption slow.sql.ms', 'line 2 is \"option slow.sql.ms\", expected \"option <name> <number>\"'",
        "'version 1\noption slow.sql.ms NaN', 'line 2 has \"NaN\", expected a number'"
    })
    void saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrdersText.parse(text))
                .withMessage(message);
    }
}
