import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.CacheConfig;

/** As clients are made before 8. */
final class Clients {
    private Clients() {}

    static UnifiedJedis plain(HostAndPort node, JedisClientConfig config) {
        return new JedisPooled(node, config);
    }

    static UnifiedJedis cached(HostAndPort node, JedisClientConfig config, CacheConfig cache) {
        return new JedisPooled(node, config, cache);
    }
}
