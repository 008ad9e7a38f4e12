package dev.headroom.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three masters of a Redis cluster: {@code redis.host}, {@code redis.port} of the first. Counts commands by name over all of them, but
 * those by which a client looks at the cluster, when it likes.
 */
final class RedisClusterBackEnd implements BackEnd {
    private static final int NODES = 3;
    private static final int SLOTS = 16_384;

    private static final long FORMING_SECONDS = 30;
    private static final Set<String> LOOKING =
            Set.of("info", "config", "cluster", "command", "ping", "client", "quit", "readonly");

    private final List<RedisNode> nodes = new ArrayList<>();
    private final Path folder = Files.createTempDirectory("headroom-cluster");

    RedisClusterBackEnd() throws Exception {
        for (int i = 0; i < NODES; i++) {
            nodes.add(RedisNode.start(
                    "",
                    port -> List.of(
                            "cluster-enabled yes",
                            "cluster-config-file nodes-" + port + ".conf",
                            "dir " + folder,
                            "cluster-node-timeout 30000")));
        }
        form();
    }

    private void form() throws Exception {
        for (int i = 0; i < NODES; i++) {
            RedisNode node = nodes.get(i);
            int from = SLOTS * i / NODES;
            int to = SLOTS * (i + 1) / NODES;
            node.ask("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
            node.ask("CLUSTER ADDSLOTS "
                    + IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
            nodes.get(0).ask("CLUSTER MEET 127.0.0.1 " + node.port());
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FORMING_SECONDS);
        for (RedisNode node : nodes) {
            String state = node.ask("CLUSTER INFO");
            while (!state.contains("cluster_state:ok") || !state.contains("cluster_known_nodes:" + NODES)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "the cluster has not formed within " + FORMING_SECONDS + " s: " + state);
                }
                TimeUnit.MILLISECONDS.sleep(50);
                state = node.ask("CLUSTER INFO");
            }
        }
    }

    @Override
    public Map<String, String> fresh() throws IOException {
        for (RedisNode node : nodes) {
            node.fresh();
        }
        return Map.of(
                "redis.host",
                "127.0.0.1",
                "redis.port",
                Integer.toString(nodes.get(0).port()));
    }

    @Override
    public Map<String, Long> work() throws IOException {
        Map<String, Long> calls = new TreeMap<>();
        for (RedisNode node : nodes) {
            node.commands(LOOKING).forEach((command, count) -> calls.merge(command, count, Long::sum));
        }
        return calls;
    }

    @Override
    public void close() throws IOException {
        for (RedisNode node : nodes) {
            node.stop();
        }
        for (RedisNode node : nodes) {
            Files.deleteIfExists(folder.resolve("nodes-" + node.port() + ".conf"));
        }
        Files.deleteIfExists(folder);
    }
}
