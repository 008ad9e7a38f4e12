package dev.headroom.dashboard.finding;

import static dev.headroom.dashboard.finding.Observed.call;
import static dev.headroom.dashboard.finding.Observed.command;
import static dev.headroom.dashboard.finding.Observed.route;
import static dev.headroom.dashboard.finding.Observed.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.plan.Plan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final String VISITS = "SELECT id, at FROM visits WHERE pet_id = ?";
    private static final Map<String, String> POOL = Observed.of("db.client.connection.pool.name", "main");

    private static Observed rows(String text, int rows) {
        Map<String, String> statement = statement("SELECT", text, "f1");
        return new Observed()
                .values(Metric.DB_DURATION, statement, 20, 0.05)
                .values(Metric.QUERY_ROWS, statement, 20, rows)
                .example("e1", "/visits", call("sql", "SELECT", text, "f1", 1, 50));
    }

    @Test
    void findsReadsOfManyRowsWithoutALimit() {
        assertThat(rows(VISITS, 5000).found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.UNBOUNDED_READ);
            assertThat(found.route()).isEqualTo("GET /visits");
            assertThat(found.evidence()).containsExactly("e1");
            // 20 runs of 50 ms in 10 minutes, four fifths of the rows too many
            assertThat(found.savingMsPerMinute()).isCloseTo(80, within(1.0));
        });
        assertThat(rows(VISITS, 900).found()).isEmpty();
        assertThat(rows(VISITS + " ORDER BY id LIMIT ?", 5000).found()).isEmpty();
        assertThat(rows(VISITS + " FETCH FIRST ? ROWS ONLY", 5000).found()).isEmpty();
    }

    @Test
    void findsTablesThatAreReadWholeForAFewRows() {
        Map<String, String> statement = statement("SELECT", VISITS, "f1");
        Observed slow = new Observed()
                .values(Metric.DB_DURATION, statement, 20, 0.05)
                .plan(VISITS, "f1", new Plan.Scan("visits", 250_000, List.of("pet_id", "at")))
                .example("e1", "/visits", call("sql", "SELECT", VISITS, "f1", 1, 50));
        assertThat(slow.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.MISSING_INDEX);
            assertThat(found.route()).isEqualTo("GET /visits");
            assertThat(found.savingMsPerMinute()).isCloseTo(100, within(2.0));
            assertThat(found.fix()).isEqualTo("Try CREATE INDEX visits_pet_id_at ON visits (pet_id, at)");
            assertThat(found.details()).containsExactly("Seq Scan on visits");
        });
        assertThat(new Observed()
                        .plan(VISITS, "f1", new Plan.Scan("visits", 900, List.of("pet_id")))
                        .plan(VISITS, "f2", new Plan.Scan("visits", 250_000, List.of()))
                        .found())
                .as("a small table, and one of which every row is wanted")
                .isEmpty();
    }

    @Test
    void findsStatementsOfManyColumns() {
        Map<String, String> statement = statement("SELECT", VISITS, "f1");
        for (int columns : new int[] {30, 48}) {
            assertThat(new Observed()
                            .values(Metric.DB_DURATION, statement, 20, 0.05)
                            .values(Metric.QUERY_COLUMNS, statement, 20, columns)
                            .found())
                    .hasSize(columns == 48 ? 1 : 0)
                    .allSatisfy(found -> {
                        assertThat(found.kind()).isEqualTo(FindingKind.WIDE_SELECT);
                        assertThat(found.savingMsPerMinute()).isNull();
                    });
        }
    }

    @Test
    void findsPagesFarFromTheFirst() {
        String page = VISITS + " ORDER BY at LIMIT ? OFFSET ?";
        Map<String, String> statement = statement("SELECT", page, "f1");
        Observed deep = new Observed()
                .values(Metric.DB_DURATION, statement, 20, 0.05)
                .values(Metric.QUERY_ROWS, statement, 20, 20)
                .values(Metric.QUERY_OFFSET, statement, 20, 1980)
                .example("e1", "/visits", call("sql", "SELECT", page, "f1", 1, 50));
        assertThat(deep.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.DEEP_OFFSET);
            assertThat(found.subject()).isEqualTo(page);
            assertThat(found.route()).isEqualTo("GET /visits");
            assertThat(found.caller()).isEqualTo("PetService.find(PetService.java:41)");
            assertThat(found.evidence()).containsExactly("e1");
            assertThat(found.cause()).startsWith("20 of 20 runs skipped more than 1000 rows, the deepest 1980");
            // 20 runs of 50 ms in 10 minutes, 99 of 100 rows skipped
            assertThat(found.savingMsPerMinute()).isCloseTo(99, within(1.0));
        });
        assertThat(new Observed()
                        .values(Metric.DB_DURATION, statement, 20, 0.05)
                        .values(Metric.QUERY_OFFSET, statement, 20, 980)
                        .found())
                .isEmpty();
    }

    @Test
    void findsRoutesThatOpenConnections() {
        Observed each = new Observed()
                .values(Metric.REQUEST_DB_OPENED, route("/raw"), 40, 1)
                .values(Metric.POOL_CREATE, POOL, 40, 0.03)
                .example("e1", "/raw", call("sql", "SELECT", VISITS, "f1", 1, 5))
                .example("e2", "/pooled", call("sql", "SELECT", VISITS, "f1", 1, 50));
        assertThat(each.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.CONNECTION_PER_REQUEST);
            assertThat(found.route()).isEqualTo("GET /raw");
            assertThat(found.evidence()).containsExactly("e1");
            assertThat(found.caller()).isEqualTo("PetService.find(PetService.java:41)");
            assertThat(found.savingMsPerMinute()).isCloseTo(120, within(0.5));
        });
        Observed fillingUp = new Observed()
                .values(Metric.REQUEST_DB_OPENED, route("/pooled"), 90, 0)
                .values(Metric.REQUEST_DB_OPENED, route("/pooled"), 10, 1);
        assertThat(fillingUp.found()).isEmpty();
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
                        used);
    }

    @Test
    void advisesOnPoolsByLittlesLaw() {
        assertThat(pool(10, 10, 0.3, 0).found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.POOL_SIZE);
            assertThat(found.cause()).contains("20 borrowed per second × 500 ms held = 10 in use on average, of 10");
            assertThat(found.fix()).contains("about 20 of them");
            assertThat(found.savingMsPerMinute()).isCloseTo(360_000, within(400.0));
        });
        assertThat(pool(10, 10, 0.001, 0).found()).as("full, but nobody waits").isEmpty();
        assertThat(pool(40, 18, 0.3, 0).found())
                .as("they wait for something else")
                .isEmpty();
        assertThat(pool(40, 18, 0.0001, 0).found()).as("a reserve of half").isEmpty();
        assertThat(pool(100, 18, 0.0001, 0).found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.POOL_SIZE);
            assertThat(found.fix()).contains("About 36 connections are enough");
        });
    }

    @Test
    void tellsOfPoolsThatRanOut() {
        assertThat(pool(40, 40, 0.0001, 3).found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.POOL_EXHAUSTION);
            assertThat(found.cause()).startsWith("3 waits for a connection gave up");
        });
    }

    @Test
    void tellsWhoHeldTheConnectionsOfAPoolThatRanOut() {
        Map<String, String> slow = Observed.of("db.client.connection.pool.name", "main", "http.route", "/slow");
        Observed held = pool(40, 40, 0.0001, 3)
                .values(Metric.POOL_EXHAUSTED_HELD, slow, 3, 4)
                .values(Metric.POOL_EXHAUSTED_HELD, POOL, 1, 0.5)
                .values(Metric.TRANSACTION_IDLE, transaction("/slow"), 60, 3)
                .example(
                        "e1",
                        "/slow",
                        call("pool", "wait", "main", null, 1, 1),
                        call("sql", "SELECT", VISITS, "f1", 1, 5));
        assertThat(held.found())
                .filteredOn(found -> found.kind() == FindingKind.POOL_EXHAUSTION)
                .singleElement()
                .satisfies(found -> assertThat(found.details())
                        .containsExactly(
                                "/slow: held 3 connections, the longest for 4000 ms; one transaction in twenty idle for "
                                        + "3000 ms or more; ran last " + VISITS
                                        + "; at PetService.find(PetService.java:41)",
                                "outside of requests: held 1 connection, the longest for 500 ms"));
    }

    private static Map<String, String> sent(String encoding) {
        Map<String, String> attributes = route("/page");
        attributes.put("headroom.response.content", "text");
        attributes.put("headroom.response.encoding", encoding);
        return attributes;
    }

    @Test
    void findsTextsThatGoOutAsTheyAre() {
        Observed large = new Observed()
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, sent("identity"), 30, 40_000)
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, sent("gzip"), 10, 9_000);
        assertThat(large.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.UNCOMPRESSED_RESPONSE);
            assertThat(found.route()).isEqualTo("GET /page");
            assertThat(found.cause()).startsWith("30 of 40 texts");
        });
        Observed small = new Observed()
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, sent("identity"), 30, 800)
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, sent("gzip"), 30, 9_000)
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, route("/image"), 30, 90_000);
        assertThat(small.found()).isEmpty();
    }

    @Test
    void findsLargeAnswersThatCannotBeValidated() {
        Map<String, String> bare = route("/pets");
        bare.put("headroom.response.validator", "none");
        Observed large = new Observed()
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, bare, 30, 40_000)
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, route("/pets"), 10, 90_000);
        assertThat(large.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.MISSING_VALIDATOR);
            assertThat(found.route()).isEqualTo("GET /pets");
            assertThat(found.cause()).startsWith("30 of 40 answers");
        });
        Observed small = new Observed()
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, bare, 300, 9_000)
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, route("/validated"), 300, 90_000);
        assertThat(small.found()).isEmpty();
        Observed few = new Observed()
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, bare, 30, 40_000)
                .values(Metric.HTTP_SERVER_RESPONSE_SIZE, route("/pets"), 40, 500);
        assertThat(few.found()).isEmpty();
    }

    @Test
    void findsConnectionsThatOutliveTheirRequests() {
        Map<String, String> leaking = Observed.of("db.client.connection.pool.name", "main", "http.route", "/leaks");
        Observed leaks = new Observed()
                .gauge(Metric.POOL_LEAKED, leaking, 3)
                .gauge(Metric.POOL_LEAKED, POOL, 0)
                .example("e1", "/leaks", call("pool", "wait", "main", null, 1, 1))
                .example("e2", "/fixed", call("pool", "wait", "main", null, 1, 1));
        assertThat(leaks.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.CONNECTION_LEAK);
            assertThat(found.route()).isEqualTo("GET /leaks");
            assertThat(found.caller()).isEqualTo("PetService.find(PetService.java:41)");
            assertThat(found.evidence()).containsExactly("e1");
            assertThat(found.cause()).startsWith("3 connections");
        });
    }

    private static Map<String, String> transaction(String template, String... more) {
        Map<String, String> attributes = Observed.of(more);
        attributes.put("http.route", template);
        return attributes;
    }

    @Test
    void aCallThatIsMarkedAsWithinATransactionIsItsEvidence() {
        Observed marked = new Observed()
                .values(Metric.TRANSACTION_REMOTE_TIME, transaction("/orders", "headroom.remote", "http"), 60, 0.3)
                .example("e1", "/orders", call("http", "POST", "POST pay:80", null, 1, 300))
                .example("e2", "/orders", Observed.within(1, call("http", "POST", "POST pay:80", null, 1, 300)));
        assertThat(marked.found())
                .singleElement()
                .satisfies(found -> assertThat(found.evidence()).containsExactly("e2"));
    }

    @Test
    void findsCallsOutOfAnOpenTransaction() {
        Observed held = new Observed()
                .values(Metric.TRANSACTION_DURATION, transaction("/orders"), 60, 0.35)
                .values(Metric.TRANSACTION_IDLE, transaction("/orders"), 60, 0.31)
                .values(Metric.TRANSACTION_REMOTE_TIME, transaction("/orders", "headroom.remote", "http"), 60, 0.3)
                .example(
                        "e1",
                        "/orders",
                        call("transaction", "", "", null, 1, 350, 5, null, null),
                        call("http", "POST", "POST pay:80", null, 1, 300, 20, null, null))
                .example("e2", "/orders", call("http", "POST", "POST pay:80", null, 1, 300, 400, null, null));
        assertThat(held.found()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FindingKind.REMOTE_CALL_IN_TRANSACTION);
            assertThat(found.route()).isEqualTo("GET /orders");
            assertThat(found.evidence()).containsExactly("e1");
            assertThat(found.savingMsPerMinute()).isCloseTo(1800, within(2.0));
        });
        Observed byItsCommit = new Observed()
                .values(Metric.TRANSACTION_REMOTE_TIME, transaction("/orders", "headroom.remote", "http"), 60, 0.3)
                .example(
                        "e1",
                        "/orders",
                        call("http", "POST", "POST pay:80", null, 1, 300, 20, null, null),
                        call("sql", "UPDATE", "UPDATE orders SET paid = ?", "f1", 1, 2, 330, null, null),
                        call("commit", "COMMIT", "", null, 1, 1, 340, null, null))
                .example(
                        "e2",
                        "/orders",
                        call("sql", "UPDATE", "UPDATE orders SET paid = ?", "f1", 1, 2, 5, null, null),
                        call("http", "POST", "POST pay:80", null, 1, 300, 20, null, null),
                        call("commit", "COMMIT", "", null, 1, 1, 340, null, null));
        assertThat(byItsCommit.found())
                .singleElement()
                .satisfies(found -> assertThat(found.evidence()).containsExactly("e2"));
        Map<String, String> redis = transaction("/orders", "headroom.remote", "redis");
        assertThat(new Observed()
                        .values(Metric.TRANSACTION_REMOTE_TIME, redis, 60, 0.002)
                        .found())
                .isEmpty();
    }

    @Test
    void findsTransactionsThatDoNothing() {
        assertThat(new Observed()
                        .values(Metric.TRANSACTION_DURATION, transaction("/reports"), 60, 0.5)
                        .values(Metric.TRANSACTION_IDLE, transaction("/reports"), 60, 0.4)
                        .example("e1", "/reports", call("commit", "COMMIT", "COMMIT", null, 1, 1))
                        .found())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FindingKind.IDLE_IN_TRANSACTION);
                    assertThat(found.route()).isEqualTo("GET /reports");
                    assertThat(found.evidence()).as("its commit").containsExactly("e1");
                    assertThat(found.savingMsPerMinute()).isCloseTo(2400, within(3.0));
                });
        assertThat(new Observed()
                        .values(Metric.TRANSACTION_DURATION, transaction("/reports"), 60, 0.5)
                        .values(Metric.TRANSACTION_IDLE, transaction("/reports"), 60, 0.09)
                        .found())
                .isEmpty();
        assertThat(new Observed()
                        .values(Metric.TRANSACTION_DURATION, transaction("/reports"), 60, 0.5)
                        .values(Metric.TRANSACTION_IDLE, transaction("/reports"), 60, 0.2)
                        .found())
                .as("the database worked for most of it")
                .isEmpty();
        assertThat(new Observed()
                        .values(Metric.TRANSACTION_DURATION, transaction("/reports"), 19, 10)
                        .values(Metric.TRANSACTION_IDLE, transaction("/reports"), 19, 9)
                        .found())
                .as("a start's migrations")
                .isEmpty();
    }

    @Test
    void findsCommandsOverAllKeys() {
        assertThat(new Observed()
                        .values(Metric.DB_DURATION, command("KEYS", "session:*"), 10, 0.02)
                        .example("e1", "/sessions", call("redis", "KEYS", "session:*", null, 1, 20))
                        .found())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FindingKind.EXPENSIVE_COMMAND);
                    assertThat(found.subject()).isEqualTo("KEYS");
                    assertThat(found.route()).isEqualTo("GET /sessions");
                    assertThat(found.savingMsPerMinute()).isCloseTo(20, within(0.1));
                });
        assertThat(new Observed()
                        .values(Metric.DB_DURATION, command("SCAN", "session:*"), 10, 0.02)
                        .found())
                .isEmpty();
    }
}
