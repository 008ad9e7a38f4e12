package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTimingTest {
    private static final long MILLI = 1_000_000;

    private final Recorder recorder = new Recorder(Clock.SYSTEM, 10);
    private final RequestScope account = new RequestScope();

    @Test
    void partsThatTookPartAndTheTotal() {
        account.begin(recorder.examples(), 0);
        DurationSeries series = recorder.duration(Metric.DB_DURATION, Attributes.NONE);
        account.called(CallStack.Kind.POOL, series, 0, 2 * MILLI, false, -1, 0, null, 0);
        account.called(CallStack.Kind.SQL, series, 0, MILLI, true, -1, 0, null, 0);
        for (int i = 0; i < 3; i++) {
            account.called(CallStack.Kind.SQL, series, 0, 4 * MILLI, false, -1, 0, null, 0);
        }
        assertThat(ServerTiming.text(account, 23_456_789, Limits.NONE))
                .isEqualTo("db;dur=12.0;desc=\"3 calls\", pool;dur=2.0;desc=\"1 call\", total;dur=23.4");
        assertThat(ServerTiming.total(23_456_789)).isEqualTo("23.4ms");
        account.begin();
        assertThat(ServerTiming.text(account, MILLI, Limits.NONE)).isEqualTo("total;dur=1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100|budget;desc=\"within\", total;dur=100.0",
                "101|total;dur=101.0",
                "500|total;dur=500.0",
                "501|budget;desc=\"over\", total;dur=501.0"
            })
    void theBudgetsVerdictWhereItIsCertain(long millis, String text) {
        account.begin();
        Limits limits = new Limits(100 * MILLI, 500 * MILLI);
        assertThat(ServerTiming.text(account, millis * MILLI, limits)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|false",
                "no-store|false",
                "private, max-age=60|false",
                "max-age=60|true",
                "Public, max-age=60|true",
                "S-MaxAge=5|true",
                "no-cache, no-store, max-age=0|false"
            })
    void answersThatOthersMayGetSayNothing(String cacheControl, boolean shared) {
        assertThat(ServerTiming.isShared(cacheControl)).isEqualTo(shared);
    }
}
