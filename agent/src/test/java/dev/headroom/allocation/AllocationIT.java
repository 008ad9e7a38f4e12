package dev.headroom.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.harness.AgentRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/**
 * In steady state a recorded operation allocates what it allocates without the agent. Compared where nothing is optimised away:
 * in the interpreter, in which escape analysis spares neither the library nor us a single object. The smallest object is 16
 * bytes, so less than 8 per operation is none. Calls are logged for the request throughout; the first one is kept as an example, before
 * anything is counted. Beside that no single allocation may have code of ours below it.
 */
class AllocationIT {
    private static final String OPERATIONS_PER_ROUND = "100";
    private static final double LESS_THAN_ANY_OBJECT = 8;

    /** A histogram takes a larger array when a duration is longer than all before it: a few times in the life of a series. */
    private static final Predicate<String> GROWN = Pattern.compile(
                    "ours: .* [1-3] x \\[J in .*StripedHistogram\\$Stripe\\.record")
            .asMatchPredicate();

    /**
     * These clients hand over between threads of their own, with some objects more or less by timing: up to 275 bytes of 18,500 were
     * seen on a busy machine. That none of them is ours is what the recorded allocations show.
     */
    private static final double TIMING_OF_OTHER_THREADS = 500;

    @Test
    void aRecordedOperationAllocatesNothingMore() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        RedisServer redis = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .build();
        redis.start();
        try {
            AgentRun run = AgentRun.of(AllocationProgram.class.getName())
                    .withJars(libraries())
                    .withJvmOptions("-Xint", "-XX:-UseTLAB");
            AgentRun.Result bare = run.run(Integer.toString(port), OPERATIONS_PER_ROUND, "");
            AgentRun.Result woven = run.withAgent("endpoint=http://127.0.0.1:1,export.interval=10m,examples.slow=60m")
                    .run(Integer.toString(port), OPERATIONS_PER_ROUND, "trace");

            Map<String, Double> expected = bytes(bare);
            assertThat(expected)
                    .containsOnlyKeys(
                            "Statement",
                            "PreparedStatement",
                            "Jedis",
                            "Lettuce",
                            "Caffeine",
                            "Guava cache",
                            "Spring Cache",
                            "servlet request",
                            "servlet request with a statement",
                            "JDK HTTP client",
                            "Apache HttpClient 5",
                            "OkHttp");
            assertThat(woven.output().lines().filter(line -> line.startsWith("ours: ") && !GROWN.test(line)))
                    .as("allocations below code of the agent")
                    .isEmpty();
            assertThat(bytes(woven))
                    .containsOnlyKeys(expected.keySet())
                    .allSatisfy((operation, bytes) -> assertThat(bytes - expected.get(operation))
                            .as(operation + ", bytes more per operation")
                            .isLessThan(
                                    operation.equals("JDK HTTP client") || operation.equals("Lettuce")
                                            ? TIMING_OF_OTHER_THREADS
                                            : LESS_THAN_ANY_OBJECT));
        } finally {
            redis.stop();
        }
    }

    private static Map<String, Double> bytes(AgentRun.Result result) {
        Map<String, Double> bytes = new TreeMap<>();
        result.output().lines().filter(line -> line.matches("[^:]+=[0-9.]+")).forEach(line -> {
            int at = line.indexOf('=');
            bytes.put(line.substring(0, at), Double.valueOf(line.substring(at + 1)));
        });
        return bytes;
    }

    private static List<Path> libraries() throws Exception {
        try (Stream<Path> all = Files.list(Path.of("target", "libraries"))) {
            return all.filter(
                            jar -> jar.getFileName()
                                    .toString()
                                    .matches(
                                            "(h2-2|caffeine-3|guava-33|failureaccess|spring-(core|context|jcl)-5|jedis-8|commons-pool2|slf4j-api|okio|"
                                                    + "json-|gson|redis-authx-core|lettuce-core-7|"
                                                    + "reactor-core-3\\.6|reactive-streams|tomcat-annotations-api-9).*|netty-.*-4\\.2\\..*"))
                    .toList();
        }
    }
}
