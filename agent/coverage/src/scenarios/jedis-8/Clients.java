import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.CacheConfig;

/** As clients are made from 8 on. */
final class Clients {
    private Clients() {}

    static UnifiedJedis plain(HostAndPort node, JedisClientConfig config) {
        return RedisClient.builder().hostAndPort(node).clientConfig(config).build();
    }

    static UnifiedJedis cached(HostAndPort node, JedisClientConfig config, CacheConfig cache) {
        return RedisClient.builder().hostAndPort(node).clientConfig(config).cacheConfig(cache).build();
    }
}
