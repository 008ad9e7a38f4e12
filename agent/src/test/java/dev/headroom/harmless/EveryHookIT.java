package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.HookNames;
import dev.headroom.harness.AgentRun;
import dev.headroom.otlp.MetricPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All hooks at once: results, exceptions with their stack traces, bytes sent and the order of calls are the same without the agent,
 * with it, and with an agent all of whose probes throw.
 */
class EveryHookIT {
    /** What a hook may still fail in after it was switched off: calls that had begun. */
    private static final int AT_LEAST = 10;

    /** {@link ClientScenario}s. */
    private static final int CLIENTS = 10;

    /** Plays of {@link GrpcScenario}. */
    private static final int GRPC = 2;

    @TempDir
    private static Path folder;

    private static AgentRun program;
    private static String expected;

    @BeforeAll
    static void runWithoutAgent() throws Exception {
        OwnDriver.saveIn(folder.toFile());
        List<Path> jars = new ArrayList<>(List.of(folder));
        for (String name : new String[] {
            "h2-2.1.214",
            "HikariCP-4.0.3",
            "c3p0-0.10.1",
            "mchange-commons-java-0.3.1",
            "ucp-21.9.0.0",
            "ojdbc11-21.9.0.0",
            "r2dbc-h2-1.0.0.RELEASE",
            "r2dbc-spi-1.0.0.RELEASE",
            "r2dbc-pool-1.0.2.RELEASE",
            "reactor-pool-1.0.8",
            "vertx-core-4.5.3",
            "vertx-sql-client-4.5.3",
            "vertx-redis-client-4.5.3",
            "vertx-pg-client-4.5.3",
            "vertx-web-4.5.3",
            "vertx-web-common-4.5.3",
            "vertx-auth-common-4.5.3",
            "grpc-api-1.45.1",
            "grpc-core-1.45.1",
            "grpc-context-1.45.1",
            "grpc-stub-1.45.1",
            "perfmark-api-0.23.0",
            "valkey-java-5.5.0",
            "agroal-pool-2.5",
            "agroal-api-2.5",
            "druid-1.2.23",
            "caffeine-3.2.3",
            "guava-33.3.1-jre",
            "failureaccess-1.0.2",
            "ehcache-3.5.3",
            "tomcat-jdbc-8.5.100",
            "tomcat-juli-8.5.100",
            "commons-dbcp2-2.13.0",
            "commons-logging-1.3.5",
            "jedis-4.4.8",
            "commons-pool2-2.12.0",
            "slf4j-api-2.0.17",
            "json-20250517",
            "gson-2.13.2",
            "tomcat-embed-core-9.0.98",
            "tomcat-embed-websocket-9.0.98",
            "tomcat-annotations-api-9.0.98",
            "lettuce-core-5.3.7.RELEASE",
            "reactive-streams-1.0.4",
            "reactor-core-3.4.34",
            "reactor-netty-core-1.0.39",
            "reactor-netty-http-1.0.39",
            "redisson-3.17.0",
            "cache-api-1.1.1",
            "rxjava-3.0.12",
            "jackson-core-2.13.1",
            "jackson-databind-2.13.1",
            "jackson-annotations-2.13.1",
            "jackson-dataformat-yaml-2.13.1",
            "jakarta.websocket-api-2.1.1",
            "jakarta.websocket-client-api-2.1.1",
            "undertow-core-2.2.37.Final",
            "undertow-servlet-2.2.37.Final",
            "undertow-websockets-jsr-2.2.37.Final",
            "xnio-api-3.8.16.Final",
            "xnio-nio-3.8.16.Final",
            "jboss-threads-3.1.0.Final",
            "jboss-logging-3.4.3.Final",
            "wildfly-common-1.5.4.Final",
            "wildfly-client-config-1.0.1.Final",
            "resteasy-core-4.7.9.Final",
            "resteasy-core-spi-4.7.9.Final",
            "jboss-jaxrs-api_2.1_spec-2.0.1.Final",
            "asyncutil-0.1.0",
            "jakarta.validation-api-2.0.2",
            "jakarta.activation-1.2.2",
            "microprofile-config-api-2.0",
            "httpclient-4.5.14",
            "httpcore-4.4.16",
            "httpcore-nio-4.4.16",
            "httpasyncclient-4.1.5",
            "httpclient5-5.1.3",
            "httpcore5-5.1.3",
            "httpcore5-h2-5.1.3",
            "async-http-client-2.12.3",
            "async-http-client-netty-utils-2.12.3",
            "netty-reactive-streams-2.0.4",
            "okhttp-3.14.9",
            "okhttp-2.7.5",
            "okio-1.17.2"
        }) {
            jars.add(Unharmed.library(name));
        }
        try (Stream<Path> all = Files.list(Path.of("target", "libraries").toAbsolutePath())) {
            all.filter(
                            jar -> jar.getFileName()
                                    .toString()
                                    .matches(
                                            "spring-.*-5\\.3\\.39\\.jar|netty-.*-4\\.1\\.101\\.Final\\.jar|jetty-.*-12\\.0\\.29\\.jar"))
                    .forEach(jars::add);
        }
        program =
                AgentRun.of(EveryHook.class).withJars(jars).withEnvironment(Map.of("HEADROOM_TRACE_PROPAGATE", "true"));
        AgentRun.Result without = program.run();
        assertThat(without.exitCode()).as(without.errors()).isZero();
        expected = without.output();
        assertThat(expected).contains("jdbc: done", "own driver: false");
    }

    @Test
    void everyHookHasItsScenario() {
        assertThat(EveryHook.scenarios().keySet())
                .as("a new hook needs a scenario here, or nobody knows that it changes nothing")
                .containsExactlyInAnyOrderElementsOf(HookNames.all());
        for (String hook : HookNames.all()) {
            assertThat(expected).contains(hook + ": done");
        }
    }

    @Test
    void theAgentChangesNothing() throws Exception {
        AgentRun.Result with = program.withAgent().run();
        assertSame(with);
        assertThat(with.points(Metric.AGENT_FAILURES)).isEmpty();
        assertThat(with.points(Metric.AGENT_HOOK_OFF)).isEmpty();
        assertThat(List.of(
                        with.count(Metric.DB_DURATION, Map.of(Attribute.DB_SYSTEM, "h2database")),
                        with.count(Metric.DB_DURATION, Map.of(Attribute.DB_SYSTEM, "redis")),
                        with.count(Metric.POOL_USE),
                        with.count(Metric.HTTP_SERVER_DURATION, Map.of(Attribute.HTTP_ROUTE, "/plain")),
                        with.count(Metric.HTTP_SERVER_DURATION, Map.of(Attribute.HTTP_ROUTE, "/pets/{id}")),
                        with.count(Metric.HTTP_CLIENT_DURATION)))
                .as("each library was measured")
                .allMatch(count -> count >= EveryHook.TIMES);
        assertThat(with.count(
                        Metric.HTTP_CLIENT_DURATION,
                        Map.of(Attribute.HTTP_METHOD, "POST", Attribute.HTTP_STATUS, "200")))
                .as("posts of each client, and the two methods of gRPC that answer")
                .isEqualTo(CLIENTS * ClientScenario.POSTS + (2 + 2 * GRPC) * EveryHook.TIMES);
        assertThat(with.count(Metric.HTTP_SERVER_DURATION, Map.of(Attribute.HTTP_ROUTE, ServerScenario.HELLO)))
                .as("greetings of Jetty twice, WebFlux, Vert.x and the JDK's server")
                .isEqualTo(5 * 2 * EveryHook.TIMES);
        assertThat(with.count(
                        Metric.HTTP_SERVER_DURATION,
                        Map.of(Attribute.HTTP_ROUTE, "unmatched", Attribute.HTTP_METHOD, "POST")))
                .as("posts to Undertow and Reactor Netty, which have no routes, and gRPC's unknown method")
                .isEqualTo((2 + GRPC) * EveryHook.TIMES);
        assertThat(with.count(
                        Metric.HTTP_SERVER_DURATION,
                        Map.of(Attribute.RPC_STATUS, "CANCELLED", Attribute.ERROR_TYPE, "aborted")))
                .as("calls of gRPC that the client gave up")
                .isEqualTo(GRPC * EveryHook.TIMES);
    }

    @ParameterizedTest
    @EnumSource
    void probesThatThrowChangeNothing(FaultyProbes.Place place) throws Exception {
        AgentRun.Result faulty = withFaults(place.name());
        assertSame(faulty);
        List<String> failed = hooks(faulty, Metric.AGENT_FAILURES);
        List<String> off = hooks(faulty, Metric.AGENT_HOOK_OFF);
        for (String hook : HookNames.all()) {
            double failures = faulty.value(Metric.AGENT_FAILURES, Map.of(Attribute.HOOK, hook));
            assertThat(off.contains(hook))
                    .as("%s failed %s times", hook, failures)
                    .isEqualTo(failures >= AT_LEAST);
        }
        if (place != FaultyProbes.Place.EXIT) { // Some hooks have nothing to end.
            assertThat(failed).containsExactlyInAnyOrderElementsOf(HookNames.all());
            assertThat(off).containsExactlyInAnyOrderElementsOf(HookNames.all());
        }
        // Calls that end in a probe of their own are recorded before it throws, until their hook is off.
        assertThat(faulty.count(Metric.HTTP_CLIENT_DURATION))
                .as("nothing comes of probes that throw")
                .isLessThanOrEqualTo(place == FaultyProbes.Place.ENTER ? 0 : (long) AT_LEAST * CLIENTS);
    }

    @Test
    void oneHooksFailuresAreNotTheOthers() throws Exception {
        AgentRun.Result faulty = withFaults(FaultyProbes.Place.AFTER + ":redis/");
        assertSame(faulty);
        assertThat(hooks(faulty, Metric.AGENT_HOOK_OFF))
                .containsExactly("jedis", "lettuce", "redisson", "valkey", "vertx-redis");
        assertThat(faulty.count(Metric.HTTP_SERVER_DURATION, Map.of(Attribute.HTTP_ROUTE, "/plain")))
                .isGreaterThanOrEqualTo(EveryHook.TIMES);
        assertThat(faulty.count(Metric.DB_DURATION, Map.of(Attribute.DB_SYSTEM, "h2database")))
                .isGreaterThan(10 * EveryHook.TIMES);
    }

    private static void assertSame(AgentRun.Result result) {
        assertThat(result.errors().lines().filter(line -> line.contains("Headroom")))
                .isEmpty();
        List<String> lines = result.output().lines().toList();
        List<String> expectedLines = expected.lines().toList();
        for (int i = 0; i < Math.min(lines.size(), expectedLines.size()); i++) {
            assertThat(lines.get(i))
                    .as("line %s after %s", i, expectedLines.subList(Math.max(0, i - 15), i))
                    .isEqualTo(expectedLines.get(i));
        }
        assertThat(lines).hasSameSizeAs(expectedLines);
        assertThat(result.exitCode()).isZero();
    }

    private static List<String> hooks(AgentRun.Result result, Metric metric) {
        TreeSet<String> names = new TreeSet<>();
        for (MetricPoint point : result.points(metric)) {
            names.add(point.attributes().get(Attribute.HOOK.key()));
        }
        return List.copyOf(names);
    }

    private static AgentRun.Result withFaults(String argument) throws Exception {
        return program.withJvmOptions("-javaagent:" + Unharmed.agentJar(FaultyProbes.class) + "=" + argument)
                .withAgent()
                .run();
    }
}
