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
import java.util.Arrays;
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

    /** 10 requests of 100 ms; half of them run one statement three times. */
    @Test
    void crossesRoutesWithStatementsThatWereCounted() {
        String[] list = {"http.request.method", "GET", "http.route", "/pets"};
        add(Metric.HTTP_SERVER_DURATION, all(6, 0.1), with(list, "http.response.status_code", "200"));
        add(Metric.HTTP_SERVER_DURATION, all(4, 0.1), with(list, "http.response.status_code", "500"));
        add(Metric.HTTP_SERVER_DURATION, all(9, 5), "http.request.method", "GET", "http.route", "/rest");
        add(Metric.REQUEST_STATEMENT_RUNS, all(5, 3), with(list, "headroom.query.fingerprint", "f1"));
        add(Metric.REQUEST_STATEMENT_TIME, all(5, 0.06), with(list, "headroom.query.fingerprint", "f1"));
        add(Metric.REQUEST_STATEMENT_RUNS, all(1, 1), with(list, "headroom.query.fingerprint", "other"));
        add(Metric.DB_DURATION, all(15, 0.02), "headroom.query.fingerprint", "f1", "db.query.text", PETS);
        Reading reading = reading();
        assertThat(CountedShares.of(reading, null, "f1")).singleElement().satisfies(cell -> {
            assertThat(cell.route()).isEqualTo("GET /pets");
            assertThat(cell.text()).isEqualTo(PETS);
            assertThat(cell.callsPerRequest()).isEqualTo(1.5);
            assertThat(cell.msPerRequest()).isCloseTo(30, within(0.001));
            assertThat(cell.share()).isCloseTo(0.3, within(0.001));
            assertThat(cell.requests()).isEqualTo(10);
            assertThat(cell.basis()).isEqualTo(Shares.Basis.COUNTED);
        });
        assertThat(CountedShares.of(reading, "GET /pets", null))
                .extracting(Shares.Cell::text)
                .containsExactlyInAnyOrder(PETS, "other statements");
        assertThat(CountedShares.of(reading, "GET /rest", null)).isEmpty();
    }

    @Test
    void tellsWhatARequestDoes() {
        String[] list = {"http.request.method", "GET", "http.route", "/pets"};
        add(Metric.REQUEST_DB_CALLS, all(8, 2), with(list, "http.response.status_code", "200"));
        add(Metric.REQUEST_DB_CALLS, all(2, 12), with(list, "http.response.status_code", "500"));
        add(Metric.REQUEST_TIME, all(10, 0.03), with(list, "headroom.request.part", "db"));
        add(Metric.REQUEST_TIME, all(10, 0.01), with(list, "headroom.request.part", "own"));
        add(Metric.REQUEST_DB_CALLS, all(5, 99), "http.request.method", "GET", "http.route", "/rest");
        Map<RequestWork.What, RequestWork.Item> items = RequestWork.of(reading(), "GET /pets");
        assertThat(items)
                .containsOnlyKeys(RequestWork.What.DB_CALLS, RequestWork.What.DB_TIME, RequestWork.What.OWN_TIME);
        assertThat(items.get(RequestWork.What.DB_CALLS)).satisfies(calls -> {
            assertThat(calls.name()).isEqualTo("dbCalls");
            assertThat(calls.requests()).isEqualTo(10);
            assertThat(calls.mean()).isEqualTo(4);
            assertThat(calls.p50()).isCloseTo(2, within(0.05));
            assertThat(calls.max()).isEqualTo(12);
        });
        assertThat(items.get(RequestWork.What.DB_TIME)).satisfies(db -> {
            assertThat(db.name()).isEqualTo("dbMs");
            assertThat(db.mean()).isCloseTo(30, within(0.001));
        });
    }

    private static String[] with(String[] attributes, String key, String value) {
        String[] more = Arrays.copyOf(attributes, attributes.length + 2);
        more[attributes.length] = key;
        more[attributes.length + 1] = value;
        return more;
    }

    private Reading reading() {
        return new Reading(TimeRange.upTo(END, Duration.ofMinutes(15)), series, 1);
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
                        new Shares.Cell("GET /rare", "f-" + PETS, PETS, 4, 80, 0.8, 1, Shares.Basis.KEPT_EXAMPLES),
                        new Shares.Cell("GET /pets", "f-" + PETS, PETS, 2, 10, 0.5, 5, Shares.Basis.NORMAL_EXAMPLES),
                        new Shares.Cell("GET /pets", "f-b", "b", 1, 2, 0.1, 5, Shares.Basis.NORMAL_EXAMPLES));
        assertThat(Shares.of(examples, "f-b")).extracting(Shares.Cell::route).containsExactly("GET /pets");
        assertThat(Shares.of(examples, "f-c")).isEmpty();
    }
}
