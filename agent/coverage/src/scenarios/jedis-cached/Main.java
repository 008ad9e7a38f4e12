import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.CacheConfig;
import redis.clients.jedis.exceptions.JedisDataException;

/** The third version of the protocol, and a cache in the client: what it answers is a hit without a command. */
public final class Main {
    /** Whether this version passes over what the server tells unasked, also without a cache. */
    private static final boolean PUSH = Boolean.getBoolean("redis.push");

    private static final String TIMED = "db.client.operation.duration";

    public static void main(String[] args) throws Exception {
        HostAndPort node = new HostAndPort(System.getProperty("redis.host"), Integer.getInteger("redis.port"));
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build();
        try (UnifiedJedis redis = Clients.plain(node, config)) {
            System.out.println("plain " + redis.get("plain:1") + redis.get("plain:1") + redis.get("nil:1"));
            if (PUSH) {
                System.out.println("push " + redis.get("push:1"));
            }
            try {
                redis.get("error:1");
            } catch (JedisDataException refused) {
                System.out.println(refused.getMessage());
            }
        }
        CacheConfig cache = CacheConfig.builder().maxSize(100).build();
        try (UnifiedJedis redis = Clients.cached(node, config, cache)) {
            for (int i = 0; i < 4; i++) {
                System.out.println("cached " + redis.get("cached:1"));
                System.out.println("cached " + redis.mget("cached:2", "cached:3"));
            }
        }
        Expect.count(TIMED, 2, "db.operation.name=GET", "headroom.key.pattern=plain:{id}");
        Expect.sum("cache.gets", 2, "cache=plain:{id}", "result=hit");
        Expect.sum("cache.gets", 1, "cache=nil:{id}", "result=miss");
        Expect.sum("cache.gets", PUSH ? 1 : 0, "cache=push:{id}", "result=hit");
        Expect.count(TIMED, 1, "headroom.key.pattern=error:{id}", "error.type=WRONGTYPE");
        Expect.count(TIMED, 1, "db.operation.name=GET", "headroom.key.pattern=cached:{id}");
        Expect.count(TIMED, 1, "db.operation.name=MGET", "headroom.key.pattern=cached:{id}");
        Expect.sum("cache.gets", 4 * 3, "cache=cached:{id}", "result=hit");
        Expect.none("cache.gets", "cache=cached:{id}", "result=miss");
    }
}
