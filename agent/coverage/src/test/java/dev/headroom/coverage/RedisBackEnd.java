package dev.headroom.coverage;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A real Redis: {@code redis.host}, {@code redis.port}. Counts commands by name, but PING, which clients send when they like. */
final class RedisBackEnd implements BackEnd {
    private final RedisNode node = RedisNode.open();

    RedisBackEnd() throws IOException {}

    @Override
    public Map<String, String> fresh() throws IOException {
        node.fresh();
        return Map.of("redis.host", "127.0.0.1", "redis.port", Integer.toString(node.port()));
    }

    @Override
    public Map<String, Long> work() throws IOException {
        return node.commands(Set.of("info", "config", "ping"));
    }

    @Override
    public void close() throws IOException {
        node.stop();
    }
}
