package dev.headroom.dashboard.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EconomicsTest {
    private static final Instant END = Instant.parse("2026-11-21T10:00:00Z");
    private static final String PETS = "SELECT id, name FROM pets WHERE id = ?";

    private final List<SeriesData> series = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();

    private void add(Metric metric, Value value, String... attributes) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        series.add(new SeriesData(new SeriesKey(metric.metricName(), map), "a1", value));
    }

    private static Value all(int times, double value) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < times; i++) {
            histogram.record(value);
        }
        return new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0);
    }

    private static Example.Call call(
            String kind, String operation, String text, int count, double millis, @Nullable Boolean hit) {
        return new Example.Call(
                kind,
                operation,
                text,
                kind.equals("sql") ? "f-" + text : null,
                0,
                millis,
                millis,
                count,
                null,
                null,
                null,
                hit,
                null,
                null,
                null);
    }

    private void example(String route, String reason, double millis, Example.Call... calls) {
        examples.add(new Example(
                "e" + examples.size(),
                "shop",
                "a1",
                END,
                "request",
                reason,
                "GET",
                route,
                200,
                null,
                null,
                null,
                null,
                millis,
                null,
                null,
                List.of(),
                List.of(calls),
                0,
                null));
    }

    private Economics economics() {
        Reading reading = new Reading(TimeRange.upTo(END, Duration.ofMinutes(15)), List.copyOf(series), 180);
        return CacheEconomics.of("shop", "pet:{id}", reading, examples);
    }

    private void served(String result, int times, double seconds) {
        add(
                Metric.HTTP_SERVER_DURATION,
                all(times, seconds),
                "http.request.method",
                "GET",
                "http.route",
                "/pets/{id}",
                "headroom.request.cache",
                result);
    }

    @Test
    void aMissCostsWhatRunsBetweenItAndTheWrite() {
        example(
                "/pets/{id}",
                "normal",
                50,
                call("sql", "SELECT", "before", 1, 99, null),
                call("redis", "GET", "pet:{id}", 1, 1, false),
                call("sql", "SELECT", PETS, 2, 30, null),
                call("http", "GET", "GET prices:80", 1, 12, null),
                call("redis", "SET", "pet:{id}", 1, 1, null),
                call("sql", "SELECT", "after", 1, 99, null));
        example(
                "/pets/{id}",
                "normal",
                20,
                call("redis", "GET", "pet:{id}", 1, 1, false),
                call("sql", "SELECT", PETS, 1, 10, null));
        example("/pets/{id}", "normal", 2, call("redis", "GET", "pet:{id}", 1, 1, true));
        assertThat(economics().miss()).isEqualTo(new Economics.Miss(2, 1.5, 20, 0.5, 6));
    }

    @Test
    void comparesCachedWithUncachedRequestsOfTheRoute() {
        served("hit", 100, 0.004);
        served("miss", 300, 0.040);
        add(Metric.CACHE_GETS, new Value.Sum(100), "cache", "pet:{id}", "result", "hit");
        add(Metric.CACHE_GETS, new Value.Sum(300), "cache", "pet:{id}", "result", "miss");
        add(Metric.CACHE_GETS, new Value.Sum(7), "cache", "other:{id}", "result", "hit");
        example("/pets/{id}", "normal", 2, call("redis", "GET", "pet:{id}", 1, 1, true));
        example("/other", "normal", 2, call("redis", "GET", "other:{id}", 1, 1, true));
        Economics worth = economics();
        assertThat(worth.lookups()).isEqualTo(new Economics.Lookups(100, 300, 0.25));
        assertThat(worth.routes()).singleElement().satisfies(route -> {
            assertThat(route.route()).isEqualTo("GET /pets/{id}");
            assertThat(route.cached())
                    .satisfies(times -> assertThat(times.requests()).isEqualTo(100));
            assertThat(route.speedUp()).isCloseTo(10, within(0.5));
            assertThat(route.p95AtEightyPercent()).isCloseTo(40, within(1.5));
        });
        assertThat(worth.assumptions()).hasSize(2);
    }

    @Test
    void saysNothingOfFewRequests() {
        served("hit", 19, 0.004);
        served("miss", 300, 0.040);
        example("/pets/{id}", "normal", 2, call("redis", "GET", "pet:{id}", 1, 1, true));
        assertThat(economics().routes()).singleElement().satisfies(route -> {
            assertThat(route.speedUp()).isNull();
            assertThat(route.p95AtEightyPercent()).isNull();
        });
        assertThat(economics().assumptions()).hasSize(1);
    }

    @Test
    void tellsLifetimesAndSizes() {
        add(Metric.CACHE_TTL, all(40, 300), "cache", "pet:{id}", "headroom.cache.ttl", "set");
        add(Metric.CACHE_TTL, all(3, 0), "cache", "pet:{id}");
        add(Metric.CACHE_VALUE_SIZE, all(50, 2048), "cache", "pet:{id}");
        Economics worth = economics();
        assertThat(worth.lifetimes()).satisfies(lifetimes -> {
            assertThat(lifetimes.given()).isEqualTo(40);
            assertThat(lifetimes.endless()).isEqualTo(3);
            assertThat(lifetimes.p50Seconds()).isCloseTo(300, within(6.0));
        });
        assertThat(worth.values()).satisfies(values -> {
            assertThat(values.count()).isEqualTo(50);
            assertThat(values.maxBytes()).isCloseTo(2048, within(1.0));
        });
        assertThat(worth.lookups()).isNull();
    }

    @Test
    void crossesRoutesWithStatements() {
        example("/pets", "slow", 1000, call("sql", "SELECT", PETS, 100, 900, null));
        for (int i = 0; i < 5; i++) {
            example(
                    "/pets",
                    "normal",
                    20,
                    call("sql", "SELECT", PETS, 2, 10, null),
                    call("sql", "SELECT", "b", 1, 2, null));
        }
        example("/rare", "slow", 100, call("sql", "SELECT", PETS, 4, 80, null));
        assertThat(Shares.of(examples, null))
                .containsExactly(
                        new Shares.Cell("GET /rare", "f-" + PETS, PETS, 4, 80, 0.8, 1, false),
                        new Shares.Cell("GET /pets", "f-" + PETS, PETS, 2, 10, 0.5, 5, true),
                        new Shares.Cell("GET /pets", "f-b", "b", 1, 2, 0.1, 5, true));
        assertThat(Shares.of(examples, "f-b")).extracting(Shares.Cell::route).containsExactly("GET /pets");
        assertThat(Shares.of(examples, "f-c")).isEmpty();
    }
}
