package dev.headroom.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.otlp.OtlpLogsReader.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept of single requests and calls: their calls in order, exact counts, the line of code, and nothing of anybody's data. */
class ExamplesIT {
    private static AgentRun.Result run;

    @BeforeAll
    static void play() throws Exception {
        run = AgentRun.of(ShopProgram.class)
                .withJars(libraries())
                .withJvmOptions("-Dheadroom.response.header=true")
                .withAgent()
                .run();
        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).contains("/loop 200", "/elsewhere 200", "/plain 200", "/fail 500", "/slow 200");
    }

    @Test
    void aLoopOfAThousandQueriesIsOneEntryWithItsLine() {
        String body = body("/loop");
        assertThat(reason("/loop")).isIn("repeated", "slow");
        List<String> calls = calls(body);
        assertThat(calls).as(body).hasSize(2);
        String loop = calls.stream()
                .filter(call -> call.contains("WHERE id = ?"))
                .findFirst()
                .orElseThrow();
        assertThat(number(loop, "count")).isEqualTo(ShopProgram.VISITS);
        assertThat(number(loop, "rows")).isEqualTo(ShopProgram.VISITS);
        assertThat(text(loop, "caller")).isEqualTo(at("ShopProgram$Shop.one", "one"));
        assertThat(text(loop, "text")).isEqualTo("SELECT note FROM visit WHERE id = ?");
        assertThat(number(body, "rows")).isEqualTo(2 * ShopProgram.VISITS);
        assertThat(number(body, "callsLeftOut")).isZero();
        assertSumsUp(body);
    }

    @Test
    void aSlowRequestTellsWhereItsTimeWent() {
        String body = body("/slow");
        assertThat(reason("/slow")).isEqualTo("slow");
        assertThat(calls(body)).hasSize(1);
        String call = calls(body).get(0);
        assertThat(number(call, "durationNanos")).isBetween(600_000_000L, 5_000_000_000L);
        assertThat(number(call, "startNanos")).isGreaterThanOrEqualTo(60_000_000);
        assertThat(text(call, "caller")).isEqualTo(at("ShopProgram$Shop.doGet", "slow"));
        assertSumsUp(body);
    }

    @Test
    void aFailureIsTypedMaskedAndTraced() {
        LogRecord failed = example("/fail");
        assertThat(failed.attributes())
                .containsEntry("headroom.example.reason", "failed")
                .containsEntry(Attribute.ERROR_TYPE.key(), "java.lang.IllegalStateException")
                .containsEntry(Attribute.HTTP_STATUS.key(), "500")
                .containsEntry(Attribute.HTTP_METHOD.key(), "GET");
        assertThat(text(failed.body(), "errorMessage")).isEqualTo("no such user ? connection refused");
        assertThat(text(failed.body(), "traceId")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void aCallOnAnotherThreadBelongsToTheRequest() {
        String body = body("/elsewhere");
        assertThat(reason("/elsewhere")).isEqualTo("normal");
        assertThat(calls(body)).hasSize(1);
        assertThat(text(calls(body).get(0), "thread")).startsWith("pool-");
        assertSumsUp(body);
    }

    @Test
    void aSlowStatementOutsideOfRequestsIsKeptByItself() {
        LogRecord call = run.examples().stream()
                .filter(record -> "call".equals(record.attributes().get("headroom.example.kind"))
                        && record.body().contains("\"text\":\"CALL pause(?)\""))
                .findFirst()
                .orElseThrow();
        assertThat(text(call.body(), "caller")).isEqualTo(at("ShopProgram.slowStatement", "nightly"));
        assertThat(call.attributes()).containsKey(Attribute.DB_FINGERPRINT.key());
    }

    @Test
    void everyKeptExampleArrivedOnceAndIsCounted() {
        double kept = run.points(Metric.AGENT_EXAMPLES).stream()
                .mapToDouble(point -> point.value())
                .sum();
        assertThat(run.examples())
                .extracting(record -> record.attributes().get("headroom.example.id"))
                .hasSizeGreaterThanOrEqualTo(6)
                .doesNotHaveDuplicates();
        assertThat(kept)
                .as("counted in the windows before the last")
                .isLessThanOrEqualTo(run.examples().size());
        assertThat(run.value(Metric.AGENT_EXAMPLES_DROPPED, Map.of())).isZero();
        assertThat(run.points(Metric.AGENT_FAILURES)).isEmpty();
    }

    @Test
    void commandsAndOutgoingCallsAreInTheWaterfall() {
        String body = body("/calls");
        assertThat(reason("/calls")).isIn("repeated", "slow");
        String redis = call(body, "redis");
        assertThat(text(redis, "operation")).isEqualTo("GET");
        assertThat(text(redis, "text")).isEqualTo("session:{token}");
        assertThat(number(redis, "count")).isEqualTo(ShopProgram.REPEATS);
        assertThat(number(redis, "misses")).isEqualTo(ShopProgram.REPEATS);
        assertThat(text(redis, "caller")).startsWith("ShopProgram$Shop.calls(ShopProgram.java:");
        String http = call(body, "http");
        assertThat(text(http, "text")).matches("GET 127\\.0\\.0\\.1:\\d+");
        assertThat(text(http, "errorType")).isEqualTo("404");
        assertThat(text(call(body, "sql"), "text")).isEqualTo("SELECT id FROM visit WHERE note = ?");
        assertSumsUp(body);
    }

    @Test
    void callsOfOneTransactionAreMarkedAndValuesWrittenHaveTheirSize() {
        String body = body("/order");
        assertThat(calls(body))
                .extracting(call -> text(call, "operation") + optional(call, "transaction"))
                .containsExactly("SELECT", "UPDATE 1", "SET 1", "COMMIT 1", "UPDATE 2", "COMMIT 2");
        assertThat(number(call(body, "redis"), "valueBytes")).isEqualTo(ShopProgram.SECRET.length());
        assertSumsUp(body);
    }

    private static String optional(String json, String key) {
        Matcher value = Pattern.compile("\"" + key + "\":(\\d+)").matcher(json);
        return value.find() ? " " + value.group(1) : "";
    }

    private static String call(String body, String kind) {
        List<String> found = calls(body).stream()
                .filter(call -> call.contains("\"kind\":\"" + kind + "\""))
                .toList();
        assertThat(found).as(kind + " in " + body).hasSize(1);
        return found.get(0);
    }

    @Test
    void answersSayWhereTheTimeWentUnlessOthersMayGetThem() {
        assertThat(run.output())
                .containsPattern("/plain Server-Timing: db;dur=\\d+\\.\\d;desc=\"1 call\", total;dur=\\d+\\.\\d")
                .containsPattern("/plain X-Response-Time: \\d+\\.\\dms")
                .containsPattern(
                        "/calls Server-Timing: db;dur=\\S+;desc=\"1 call\", redis;dur=\\S+;desc=\"12 calls\", http;")
                .contains("/cacheable 200")
                .doesNotContain("/cacheable Server-Timing")
                .doesNotContain("/cacheable X-Response-Time");
    }

    @Test
    void nothingOfTheCustomersDataLeaves() {
        assertThat(run.bytes()).hasSizeGreaterThan(2);
        for (byte[] sent : run.bytes()) {
            assertThat(new String(sent, StandardCharsets.ISO_8859_1))
                    .doesNotContain(ShopProgram.SECRET)
                    .doesNotContain("4711")
                    .doesNotContain("DoeJane");
        }
    }

    private static void assertSumsUp(String body) {
        long duration = number(body, "durationNanos");
        long sum = 0;
        for (String part : new String[] {"dbNanos", "redisNanos", "httpNanos", "poolNanos", "ownNanos"}) {
            assertThat(number(body, part)).as(part).isNotNegative();
            sum += number(body, part);
        }
        assertThat(sum).isEqualTo(duration);
        long calls = calls(body).stream()
                .mapToLong(call -> number(call, "durationNanos"))
                .sum();
        assertThat((double) calls + number(body, "ownNanos"))
                .as("calls and own time of " + body)
                .isCloseTo(duration, within(duration * 0.02));
    }

    private static LogRecord example(String route) {
        List<LogRecord> found = run.examples().stream()
                .filter(record -> route.equals(record.attributes().get(Attribute.HTTP_ROUTE.key())))
                .toList();
        assertThat(found).as(route + " among " + run.examples().size()).hasSize(1);
        return found.get(0);
    }

    private static String body(String route) {
        return example(route).body();
    }

    private static String reason(String route) {
        return example(route).attributes().get("headroom.example.reason");
    }

    /** As the program says its line. */
    private static String at(String method, String word) {
        Matcher line = Pattern.compile("(?m)^" + word + "=(\\d+)$").matcher(run.output());
        assertThat(line.find()).as(word).isTrue();
        return method + "(ShopProgram.java:" + line.group(1) + ")";
    }

    private static List<String> calls(String body) {
        String calls = body.substring(body.indexOf("\"calls\":[") + 9, body.lastIndexOf(']'));
        return Stream.of(calls.split("(?<=}),")).filter(call -> !call.isEmpty()).toList();
    }

    private static long number(String json, String key) {
        Matcher value = Pattern.compile("\"" + key + "\":(-?\\d+)").matcher(json);
        assertThat(value.find()).as(key + " in " + json).isTrue();
        return Long.parseLong(value.group(1));
    }

    private static String text(String json, String key) {
        Matcher value = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(json);
        return value.find() ? value.group(1) : "";
    }

    private static List<Path> libraries() throws Exception {
        try (Stream<Path> all = Files.list(Path.of("target", "libraries"))) {
            return all.filter(
                            jar -> jar.getFileName()
                                    .toString()
                                    .matches(
                                            "(h2-2|jedis-4|commons-pool2|slf4j-api-2|json-|gson-|tomcat-annotations-api-9|tomcat-embed-core-9).*"))
                    .toList();
        }
    }
}
