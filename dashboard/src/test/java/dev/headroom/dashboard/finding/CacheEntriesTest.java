package dev.headroom.dashboard.finding;

import static dev.headroom.dashboard.finding.Observed.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheEntriesTest {
    private static final Map<String, String> ENDLESS = Observed.of("cache", "user:{id}");
    private static final Map<String, String> GIVEN = Observed.of("cache", "user:{id}", "headroom.cache.ttl", "set");

    @ParameterizedTest
    @CsvSource({"5, 0, 1", "100, 900, 1", "4, 0, 0", "5, 100, 0"})
    void findsEntriesThatLiveForEver(int endless, int given, int expected) {
        Observed observed = new Observed()
                .values(Metric.CACHE_TTL, ENDLESS, endless, 0)
                .values(Metric.CACHE_TTL, GIVEN, given, 300)
                .example("e1", "/users", call("redis", "GET", "user:{id}", null, 1, 1))
                .example("e2", "/login", call("redis", "SET", "user:{id}", null, 1, 1));
        assertThat(observed.found()).hasSize(expected).allSatisfy(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.MISSING_TTL);
            assertThat(found.subject()).isEqualTo("user:{id}");
            assertThat(found.route()).isEqualTo("GET /login");
            assertThat(found.evidence()).containsExactly("e2");
            assertThat(found.cause()).startsWith(endless + " of " + (endless + given) + " entries");
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "57, 1", "60, 0", "300, 0", "86400, 0", "90000, 1"})
    void findsLifetimesOutsideAMinuteToADay(double seconds, int expected) {
        assertThat(new Observed().values(Metric.CACHE_TTL, GIVEN, 40, seconds).found())
                .hasSize(expected)
                .allSatisfy(found -> assertThat(found.kind()).isEqualTo(FindingKind.TTL_RANGE));
        assertThat(new Observed().values(Metric.CACHE_TTL, GIVEN, 4, seconds).found())
                .as("a few locks")
                .isEmpty();
    }

    @Test
    void findsLargeValuesAndCollections() {
        assertThat(new Observed()
                        .values(Metric.CACHE_VALUE_SIZE, ENDLESS, 98, 4_000)
                        .values(Metric.CACHE_VALUE_SIZE, ENDLESS, 2, 300_000)
                        .found())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FindingKind.BIG_VALUE);
                    assertThat(found.cause()).isEqualTo("2 of 100 values have more than 100 KiB, the largest 293 KiB");
                });
        assertThat(new Observed()
                        .values(Metric.CACHE_VALUE_SIZE, ENDLESS, 99, 4_000)
                        .values(Metric.CACHE_VALUE_SIZE, ENDLESS, 1, 300_000)
                        .found())
                .as("one in a hundred")
                .isEmpty();
        assertThat(new Observed()
                        .values(Metric.CACHE_COLLECTION_SIZE, ENDLESS, 20, 5_000)
                        .found())
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(FindingKind.BIG_COLLECTION));
        assertThat(new Observed()
                        .values(Metric.CACHE_COLLECTION_SIZE, ENDLESS, 20, 900)
                        .found())
                .isEmpty();
    }
}
