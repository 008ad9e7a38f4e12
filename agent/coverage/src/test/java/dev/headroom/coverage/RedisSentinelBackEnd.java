package dev.headroom.coverage;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import redis.embedded.RedisSentinel;

/**
 * A real Redis that a real Sentinel watches: {@code sentinel.host}, {@code sentinel.port}, {@code sentinel.master}. Counts the commands of
 * Redis by name, but those by which Sentinel and clients look after it, when they like.
 */
final class RedisSentinelBackEnd implements BackEnd {
    private static final String MASTER = "shop";
    private static final Set<String> LOOKING = Set.of(
            "info",
            "config",
            "ping",
            "publish",
            "subscribe",
            "client",
            "client|setname",
            "client|kill",
            "role",
            "command");

    private final RedisNode node = RedisNode.open();
    private final int port = FreePort.with(RedisNode.NEIGHBOUR);
    private final RedisSentinel sentinel;

    RedisSentinelBackEnd() throws IOException {
        sentinel = RedisSentinel.newRedisSentinel()
                .bind("127.0.0.1")
                .port(port)
                .masterName(MASTER)
                .masterPort(node.port())
                .quorumSize(1)
                .build();
        sentinel.start();
    }

    @Override
    public Map<String, String> fresh() throws IOException {
        node.fresh();
        return Map.of("sentinel.host", "127.0.0.1", "sentinel.port", Integer.toString(port), "sentinel.master", MASTER);
    }

    @Override
    public Map<String, Long> work() throws IOException {
        return node.commands(LOOKING);
    }

    @Override
    public void close() throws IOException {
        sentinel.stop();
        node.stop();
    }
}
