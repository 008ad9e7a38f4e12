package dev.headroom.dashboard.finding;

import static dev.headroom.dashboard.finding.Observed.call;
import static dev.headroom.dashboard.finding.Observed.command;
import static dev.headroom.dashboard.finding.Observed.route;
import static dev.headroom.dashboard.finding.Observed.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of finding: what it costs, which examples show it, where it is and what to do. */
class PricesTest {
    private static final double NONE = -1;
    private static final String VISITS = "SELECT id, at FROM visits WHERE pet_id = ?";
    private static final String INSERT = "INSERT INTO visits (pet_id, at) VALUES (?, ?)";
    private static final Map<String, String> POOL = Observed.of("db.client.connection.pool.name", "main");
    private static final Map<String, String> CACHE = Observed.of("cache", "user:{id}");
    private static final Map<String, String> ORDERS = Observed.of("http.route", "/orders");

    @ParameterizedTest
    @EnumSource
    void eachKindHasItsPriceItsExamplesItsPlaceAndItsRepair(FindingKind kind) throws IOException {
        double price = price(kind);
        assertThat(observed(kind).found())
                .filteredOn(found -> found.kind() == kind)
                .singleElement()
                .satisfies(found -> {
                    if (price == NONE) {
                        assertThat(found.savingMsPerMinute()).isNull();
                    } else {
                        assertThat(found.savingMsPerMinute()).isCloseTo(price, withinPercentage(2));
                    }
                    assertThat(found.evidence()).containsExactly("e1");
                    assertThat(found.caller())
                            .isEqualTo(hasCaller(kind) ? "PetService.find(PetService.java:41)" : null);
                    assertThat(found.fix()).isNotBlank().doesNotContain("\n");
                });
        assertThat(documented(kind).startsWith("none"))
                .as("README.md says that it has no price")
                .isEqualTo(price == NONE);
    }

    @Test
    void aPoolThatIsTooLargeCostsNoTime() {
        Observed idle = pool(100, 18, 0.0001, 0);
        assertThat(idle.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.POOL_SIZE);
            assertThat(found.savingMsPerMinute()).isNull();
            assertThat(found.evidence()).containsExactly("e1");
        });
    }

    @Test
    void examplesOfAnotherPoolAreNoEvidence() {
        Observed two = pool(10, 10, 0.3, 0).example("e2", "/others", call("pool", "wait", "other", null, 1, 900));
        assertThat(two.found())
                .singleElement()
                .satisfies(found -> assertThat(found.evidence()).containsExactly("e1"));
    }

    @Test
    void whatWasNotTimedHasNoPrice() {
        assertThat(new Observed()
                        .values(Metric.CACHE_VALUE_SIZE, CACHE, 20, 200 * 1024)
                        .values(Metric.DB_DURATION, command("UNLINK", "user:{id}"), 20, 0.01)
                        .found())
                .singleElement()
                .satisfies(found -> assertThat(found.savingMsPerMinute()).isNull());
    }

    /** In milliseconds a minute, of what {@link #observed} tells of ten minutes. */
    private static double price(FindingKind kind) {
        return switch (kind) {
            case N_PLUS_ONE -> 2 * 19 * 10; // milliseconds × repeats × requests a minute
            case DUPLICATE_QUERY -> 2 * 10;
            case UNBATCHED_WRITES -> 2 * 99 * 10;
            case REPEATED_KEY -> 1 * 10; // requests a minute × milliseconds
            case UNBOUNDED_READ -> 2 * 50 * 0.8; // runs a minute × milliseconds × rows too many
            case DEEP_OFFSET -> 2 * 50 * 0.99;
            case MISSING_INDEX -> 2 * 50;
            case REMOTE_CALL_IN_TRANSACTION -> 6 * 300;
            case IDLE_IN_TRANSACTION -> 6 * 400;
            case CONNECTION_PER_REQUEST -> 4 * 30;
            case POOL_SIZE -> 1200 * 300;
            case POOL_EXHAUSTION -> 1200 * 20;
            case BIG_VALUE -> 2 * 10 * 0.5; // values a minute × milliseconds × bytes too many
            case BIG_COLLECTION -> 2 * 10 * 0.8;
            case EXPENSIVE_COMMAND -> 2 * 10;
            case WIDE_SELECT, CONNECTION_LEAK, MISSING_TTL, TTL_RANGE, UNCOMPRESSED_RESPONSE, MISSING_VALIDATOR -> NONE;
        };
    }

    /** The line that sized a pool, or wrote an answer, is none that the agent sees. */
    private static boolean hasCaller(FindingKind kind) {
        return kind != FindingKind.POOL_SIZE
                && kind != FindingKind.UNCOMPRESSED_RESPONSE
                && kind != FindingKind.MISSING_VALIDATOR;
    }

    private static String documented(FindingKind kind) throws IOException {
        String row = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `" + kind.id() + "` "))
                .findFirst()
                .orElseThrow();
        List<String> cells = List.of(row.split(" *\\| *", -1));
        return cells.get(cells.size() - 2);
    }

    private static Observed observed(FindingKind kind) {
        return switch (kind) {
            case N_PLUS_ONE -> repeated("SELECT", VISITS, Metric.REQUEST_DB_REPEATED, 20);
            case DUPLICATE_QUERY -> repeated("SELECT", "SELECT code FROM countries", Metric.REQUEST_DB_REPEATED, 2);
            case UNBATCHED_WRITES -> repeated("INSERT", INSERT, Metric.REQUEST_DB_REPEATED_WRITES, 100);
            case REPEATED_KEY ->
                redis("GET", "config:limits", 2, 10).values(Metric.HTTP_SERVER_DURATION, route("/users"), 50, 0.05);
            case UNBOUNDED_READ -> selected(VISITS).values(Metric.QUERY_ROWS, visits(VISITS), 20, 5000);
            case DEEP_OFFSET -> {
                String page = VISITS + " ORDER BY at LIMIT ? OFFSET ?";
                yield selected(page)
                        .values(Metric.QUERY_ROWS, visits(page), 20, 20)
                        .values(Metric.QUERY_OFFSET, visits(page), 20, 1980);
            }
            case WIDE_SELECT -> selected(VISITS).values(Metric.QUERY_COLUMNS, visits(VISITS), 20, 48);
            case MISSING_INDEX ->
                selected(VISITS).plan(VISITS, "f1", new Plan.Scan("visits", 250_000, List.of("pet_id")));
            case REMOTE_CALL_IN_TRANSACTION -> {
                Map<String, String> waiting = Observed.of("http.route", "/orders", "headroom.remote", "http");
                Example.Call paying = call("http", "POST", "POST pay:80", null, 1, 300);
                yield new Observed()
                        .values(Metric.TRANSACTION_REMOTE_TIME, waiting, 60, 0.3)
                        .example("e1", "/orders", Observed.within(1, paying));
            }
            case IDLE_IN_TRANSACTION ->
                new Observed()
                        .values(Metric.TRANSACTION_DURATION, ORDERS, 60, 0.5)
                        .values(Metric.TRANSACTION_IDLE, ORDERS, 60, 0.4)
                        .example("e1", "/orders", call("transaction", "", "", null, 1, 500));
            case CONNECTION_PER_REQUEST ->
                new Observed()
                        .values(Metric.REQUEST_DB_OPENED, route("/raw"), 40, 1)
                        .values(Metric.POOL_CREATE, POOL, 40, 0.03)
                        .example("e1", "/raw", call("sql", "SELECT", VISITS, "f1", 1, 5));
            case POOL_SIZE -> pool(10, 10, 0.3, 0);
            case POOL_EXHAUSTION -> pool(40, 40, 0.02, 3);
            case CONNECTION_LEAK ->
                new Observed()
                        .gauge(
                                Metric.POOL_LEAKED,
                                Observed.of("db.client.connection.pool.name", "main", "http.route", "/leaks"),
                                3)
                        .example("e1", "/leaks", call("pool", "wait", "main", null, 1, 1));
            case MISSING_TTL -> redis("SET", "user:{id}").values(Metric.CACHE_TTL, CACHE, 40, 0);
            case TTL_RANGE ->
                redis("SET", "user:{id}")
                        .values(
                                Metric.CACHE_TTL,
                                Observed.of("cache", "user:{id}", "headroom.cache.ttl", "set"),
                                40,
                                2);
            case BIG_VALUE -> redis("GET", "user:{id}").values(Metric.CACHE_VALUE_SIZE, CACHE, 20, 200 * 1024);
            case BIG_COLLECTION -> redis("SMEMBERS", "user:{id}").values(Metric.CACHE_COLLECTION_SIZE, CACHE, 20, 5000);
            case UNCOMPRESSED_RESPONSE -> {
                Map<String, String> text = route("/page");
                text.put("headroom.response.content", "text");
                text.put("headroom.response.encoding", "identity");
                yield new Observed()
                        .values(Metric.HTTP_SERVER_RESPONSE_SIZE, text, 30, 40_000)
                        .example("e1", "/page");
            }
            case MISSING_VALIDATOR -> {
                Map<String, String> bare = route("/page");
                bare.put("headroom.response.validator", "none");
                yield new Observed()
                        .values(Metric.HTTP_SERVER_RESPONSE_SIZE, bare, 30, 40_000)
                        .example("e1", "/page");
            }
            case EXPENSIVE_COMMAND -> redis("KEYS", "session:*");
        };
    }

    /** 100 requests that run the statement k times each, for 2 ms. */
    private static Observed repeated(String operation, String text, Metric counted, int k) {
        return new Observed()
                .values(counted, route("/owners"), 100, k)
                .values(Metric.DB_DURATION, statement(operation, text, "f1"), 100 * k, 0.002)
                .example("e1", "/owners", call("sql", operation, text, "f1", k, 2 * k));
    }

    private static Map<String, String> visits(String text) {
        return statement("SELECT", text, "f1");
    }

    /** 20 runs of 50 ms. */
    private static Observed selected(String text) {
        return new Observed()
                .values(Metric.DB_DURATION, visits(text), 20, 0.05)
                .example("e1", "/visits", call("sql", "SELECT", text, "f1", 1, 50));
    }

    /** 20 commands of 10 ms. */
    private static Observed redis(String operation, String pattern) {
        return redis(operation, pattern, 1, 10);
    }

    /** 20 commands, k in one request. */
    private static Observed redis(String operation, String pattern, int k, double millis) {
        return new Observed()
                .values(Metric.DB_DURATION, command(operation, pattern), 20, millis / 1000)
                .example("e1", "/users", call("redis", operation, pattern, null, k, millis * k));
    }

    /** In ten minutes 12,000 uses of 0.5 s: ten connections in use on average. */
    private static Observed pool(double max, double used, double waited, double timeouts) {
        return new Observed()
                .values(Metric.POOL_USE, POOL, 12_000, 0.5)
                .values(Metric.POOL_WAIT, POOL, 12_000, waited)
                .sum(Metric.POOL_TIMEOUTS, POOL, timeouts)
                .gauge(Metric.POOL_MAX, POOL, max)
                .gauge(
                        Metric.POOL_COUNT,
                        Observed.of("db.client.connection.pool.name", "main", "db.client.connection.state", "used"),
                        used)
                .example("e1", "/visits", call("pool", "wait", "main", null, 1, 20));
    }
}
