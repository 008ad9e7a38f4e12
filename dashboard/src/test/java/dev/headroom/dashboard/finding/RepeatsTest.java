package dev.headroom.dashboard.finding;

import static dev.headroom.dashboard.finding.Observed.call;
import static dev.headroom.dashboard.finding.Observed.command;
import static dev.headroom.dashboard.finding.Observed.route;
import static dev.headroom.dashboard.finding.Observed.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import org.junit.jupiter.api.Test;

class RepeatsTest {
    private static final String PETS = "SELECT id, name FROM pets WHERE owner_id = ?";
    private static final String ALL = "SELECT code, name FROM countries";
    private static final String INSERT = "INSERT INTO visits (pet_id, at) VALUES (?, ?)";

    /** 100 requests to /owners run the statement k times each; 100 to /fixed run it once. */
    private static Observed statements(String operation, String text, Metric counted, int k, Example.Call... calls) {
        return new Observed()
                .values(Metric.HTTP_SERVER_DURATION, route("/owners"), 100, 0.2)
                .values(Metric.HTTP_SERVER_DURATION, route("/fixed"), 100, 0.02)
                .values(counted, route("/owners"), 100, k)
                .values(counted, route("/fixed"), 100, 1)
                .values(Metric.DB_DURATION, statement(operation, text, "f1"), 100 * k, 0.002)
                .example("e1", "/owners", calls)
                .example("e2", "/fixed", call("sql", operation, text, "f1", 1, 2));
    }

    @Test
    void findsStatementsThatOneRequestRepeats() {
        assertThat(statements(
                                "SELECT",
                                PETS,
                                Metric.REQUEST_DB_REPEATED,
                                20,
                                call("sql", "SELECT", PETS, "f1", 12, 48),
                                call("sql", "SELECT", PETS, "f1", 8, 16))
                        .found())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FindingKind.N_PLUS_ONE);
                    assertThat(found.subject()).isEqualTo(PETS);
                    assertThat(found.route()).isEqualTo("GET /owners");
                    assertThat(found.caller()).isEqualTo("PetService.find(PetService.java:41)");
                    assertThat(found.evidence()).containsExactly("e1");
                    // 2 ms × 19 × 100 requests in 10 minutes, though those of the example were slower
                    assertThat(found.savingMsPerMinute()).isCloseTo(380, within(0.5));
                });
    }

    @Test
    void leavesFourRunsOfAStatementAlone() {
        assertThat(statements("SELECT", PETS, Metric.REQUEST_DB_REPEATED, 4, call("sql", "SELECT", PETS, "f1", 4, 8))
                        .found())
                .isEmpty();
    }

    @Test
    void leavesWhatIsReadInPortionsAlone() {
        String portion = "SELECT id, name FROM pets WHERE id IN (?)";
        Example.Call portions = call("sql", "SELECT", portion, "f1", 6, 24, 10, 600L, null);
        assertThat(statements("SELECT", portion, Metric.REQUEST_DB_REPEATED, 6, portions)
                        .found())
                .isEmpty();
        Example.Call single = call("sql", "SELECT", portion, "f1", 6, 24, 10, 6L, null);
        assertThat(statements("SELECT", portion, Metric.REQUEST_DB_REPEATED, 6, single)
                        .found())
                .extracting(Found::kind)
                .containsExactly(FindingKind.N_PLUS_ONE);
    }

    @Test
    void believesTheCountsAndNotAnOldExample() {
        assertThat(statements("SELECT", PETS, Metric.REQUEST_DB_REPEATED, 1, call("sql", "SELECT", PETS, "f1", 20, 40))
                        .found())
                .isEmpty();
    }

    @Test
    void findsAQueryWithoutParametersThatIsAskedTwice() {
        assertThat(statements("SELECT", ALL, Metric.REQUEST_DB_REPEATED, 2, call("sql", "SELECT", ALL, "f1", 2, 6))
                        .found())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FindingKind.DUPLICATE_QUERY);
                    assertThat(found.savingMsPerMinute()).isCloseTo(20, within(0.1));
                });
        assertThat(statements("SELECT", PETS, Metric.REQUEST_DB_REPEATED, 2, call("sql", "SELECT", PETS, "f1", 2, 6))
                        .found())
                .as("may have asked for two different owners")
                .isEmpty();
    }

    @Test
    void findsWritesOneByOneButNoBatch() {
        assertThat(statements(
                                "INSERT",
                                INSERT,
                                Metric.REQUEST_DB_REPEATED_WRITES,
                                100,
                                call("sql", "INSERT", INSERT, "f1", 100, 150))
                        .found())
                .extracting(Found::kind)
                .containsExactly(FindingKind.UNBATCHED_WRITES);
        assertThat(statements(
                                "INSERT",
                                INSERT,
                                Metric.REQUEST_DB_REPEATED_WRITES,
                                10,
                                call("sql", "INSERT", INSERT, "f1", 10, 15))
                        .found())
                .isEmpty();
        assertThat(statements(
                                "BATCH INSERT",
                                INSERT,
                                Metric.REQUEST_DB_REPEATED_WRITES,
                                1,
                                call("sql", "BATCH INSERT", INSERT, "f1", 1, 15))
                        .found())
                .isEmpty();
    }

    private static Observed commands(String operation, String pattern, int k, Example.Call call) {
        return new Observed()
                .values(Metric.HTTP_SERVER_DURATION, route("/tags"), 50, 0.05)
                .values(Metric.DB_DURATION, command(operation, pattern), 50 * k, 0.001)
                .example("e1", "/tags", call);
    }

    @Test
    void findsKeysThatAreReadOneByOne() {
        assertThat(commands("GET", "tag:{id}", 10, call("redis", "GET", "tag:{id}", null, 10, 10))
                        .found())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FindingKind.N_PLUS_ONE);
                    assertThat(found.subject()).isEqualTo("tag:{id}");
                    assertThat(found.savingMsPerMinute()).isCloseTo(45, within(0.1));
                });
        assertThat(commands("GET", "tag:{id}", 4, call("redis", "GET", "tag:{id}", null, 4, 4))
                        .found())
                .isEmpty();
        assertThat(commands("MGET", "tag:{id}", 10, call("redis", "MGET", "tag:{id}", null, 10, 10))
                        .found())
                .isEmpty();
        assertThat(commands("GET", "tag:{id}", 10, call("redis", "GET", "tag:{id}", null, 10, 0))
                        .found())
                .as("a pipeline's commands share a round trip")
                .isEmpty();
        assertThat(commands("GET", "{other}", 10, call("redis", "GET", "{other}", null, 10, 10))
                        .found())
                .isEmpty();
    }

    @Test
    void findsAKeyThatIsReadTwice() {
        assertThat(commands("GET", "config:limits", 2, call("redis", "GET", "config:limits", null, 2, 2))
                        .found())
                .extracting(Found::kind)
                .containsExactly(FindingKind.REPEATED_KEY);
        assertThat(commands("GET", "tag:{id}", 2, call("redis", "GET", "tag:{id}", null, 2, 2))
                        .found())
                .as("may be two keys")
                .isEmpty();
        assertThat(commands(
                                "GET",
                                "config:limits",
                                2,
                                call("redis", "GET", "config:limits", null, 2, 2, 10, null, false))
                        .found())
                .as("looked again whether another thread has filled it")
                .isEmpty();
    }

    @Test
    void findsAPeerThatIsAskedAgainAndAgain() {
        for (int k : new int[] {4, 8}) {
            assertThat(new Observed()
                            .values(Metric.HTTP_SERVER_DURATION, route("/prices"), 10, 0.2)
                            .values(
                                    Metric.HTTP_CLIENT_DURATION,
                                    Observed.of(
                                            "http.request.method", "GET", "server.address", "tax", "server.port", "80"),
                                    10 * k,
                                    0.01)
                            .example("e1", "/prices", call("http", "GET", "GET tax:80", null, k, 10 * k))
                            .found())
                    .hasSize(k == 8 ? 1 : 0)
                    .allSatisfy(found -> assertThat(found.kind()).isEqualTo(FindingKind.N_PLUS_ONE));
        }
    }

    @Test
    void findsAPeerWhosePathTheApplicationWroteWithVariables() {
        assertThat(new Observed()
                        .values(Metric.HTTP_SERVER_DURATION, route("/prices"), 10, 0.2)
                        .values(
                                Metric.HTTP_CLIENT_DURATION,
                                Observed.of(
                                        "http.request.method",
                                        "GET",
                                        "server.address",
                                        "tax",
                                        "server.port",
                                        "80",
                                        "url.template",
                                        "/rates/{country}"),
                                80,
                                0.01)
                        .example("e1", "/prices", call("http", "GET", "GET tax:80/rates/{country}", null, 8, 80))
                        .found())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.subject()).isEqualTo("GET tax:80/rates/{country}");
                    assertThat(found.savingMsPerMinute()).isCloseTo(70, within(0.5));
                });
    }
}
