package dev.headroom.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.harness.Jdk;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/** The program of {@code src/range}, with the libraries and the Redis server it uses. */
final class RangeProgram implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final RedisServer redis;
    private final int redisPort;

    RangeProgram() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            redisPort = free.getLocalPort();
        }
        redis = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("bind 127.0.0.1")
                .build();
        redis.start();
    }

    /** The program's first argument. */
    String redisPort() {
        return Integer.toString(redisPort);
    }

    /** The program on that JVM, without the agent. */
    AgentRun on(Jdk jdk, List<String> jvmOptions) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-Dslf4j.internal.verbosity=ERROR");
        return AgentRun.of("dev.headroom.range.EveryLibrary")
                .withJavaHome(jdk.home())
                .withClassPath(jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)))
                .withJvmOptions(options.toArray(new String[0]));
    }

    /** The program and its libraries, all of which run on Java 8. */
    static List<Path> jars() {
        List<String> libraries = List.of(
                "h2-1.4.200",
                "HikariCP-4.0.3",
                "jedis-4.4.8",
                "commons-pool2-2.12.0",
                "slf4j-api-2.0.17",
                "json-20250517",
                "gson-2.13.2",
                "tomcat-embed-core-9.0.98",
                "tomcat-annotations-api-9.0.98");
        return Stream.concat(
                        Stream.of(TARGET.resolve("range.jar")),
                        libraries.stream()
                                .map(name -> TARGET.resolve("libraries").resolve(name + ".jar")))
                .toList();
    }

    /** Fails unless the program did what it does on that JVM, ended in peace, and every call was measured once. */
    static void checkCalls(AgentRun.Result result, Jdk jdk) {
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        int virtual = jdk.feature() >= 21 ? 1 : 0;
        int clientCalls = jdk.feature() >= 11 ? 6 : 4;
        assertThat(result.output().lines().limit(4 + virtual))
                .contains("rows 5", "virtual " + virtual, "redis one null", "requests " + clientCalls);
        Map<String, Long> operations = new TreeMap<>();
        result.points(Metric.DB_DURATION)
                .forEach(point -> operations.merge(
                        point.attributes().get("db.system.name") + " "
                                + point.attributes().get("db.operation.name"),
                        point.exponential().count(),
                        Long::sum));
        assertThat(operations)
                .containsEntry("h2database CREATE", 1L)
                .containsEntry("h2database INSERT", 3L)
                .containsEntry("h2database BATCH INSERT", 1L)
                .containsEntry("h2database COMMIT", 1L)
                .containsEntry("h2database SELECT", 1L + virtual)
                .containsEntry("redis SET", 1L)
                .containsEntry("redis GET", 2L)
                .containsEntry("redis PIPELINE", 1L)
                .hasSize(8);
        assertThat(result.value(Metric.CACHE_GETS, Map.of())).isEqualTo(3);
        assertThat(result.count(Metric.POOL_USE)).isEqualTo(2 + virtual);
        assertThat(result.count(Metric.HTTP_CLIENT_DURATION)).isEqualTo(clientCalls);
        assertThat(result.count(Metric.HTTP_CLIENT_DURATION, Map.of(Attribute.HTTP_STATUS, "404")))
                .isEqualTo(1);
        assertThat(result.count(Metric.HTTP_SERVER_DURATION)).isEqualTo(clientCalls);
        assertThat(result.count(Metric.HTTP_SERVER_DURATION, Map.of(Attribute.HTTP_ROUTE, "/goods")))
                .isEqualTo(clientCalls - 1);
        assertThat(result.value(Metric.AGENT_FAILURES, Map.of())).isZero();
    }

    @Override
    public void close() throws IOException {
        redis.stop();
    }
}
