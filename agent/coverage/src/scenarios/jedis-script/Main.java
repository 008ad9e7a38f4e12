import java.util.Collections;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Nil, errors, redirections, a call that timed out, and a connection that ends within a reply. */
public final class Main {
    private static final String TIMED = "db.client.operation.duration";
    private static final String UNTIMED = "headroom.redis.untimed";

    public static void main(String[] args) throws Exception {
        String host = System.getProperty("redis.host");
        int port = Integer.getInteger("redis.port");
        try (Jedis redis = new Jedis(host, port)) {
            System.out.println("nil " + redis.get("nil:1"));
            System.out.println("mget " + redis.mget("user:1", "nil:1"));
            System.out.println("push " + redis.get("push:1"));
            try {
                redis.get("error:1");
            } catch (JedisDataException refused) {
                System.out.println(refused.getMessage());
            }
            try {
                redis.get("broken:1");
            } catch (JedisConnectionException broken) {
                System.out.println("broken");
            }
        }
        try (Jedis redis = new Jedis(host, port, 100)) {
            redis.get("late:1");
        } catch (JedisConnectionException late) {
            System.out.println("timed out");
        }
        try (JedisCluster redis = new JedisCluster(Collections.singleton(new HostAndPort(host, port)))) {
            System.out.println("ask " + redis.get("ask:1"));
            System.out.println("moved " + redis.get("moved:1"));
        }
        expect();
    }

    private static void expect() {
        String broken = "redis.clients.jedis.exceptions.JedisConnectionException";
        Expect.count(TIMED, 1, "headroom.key.pattern=nil:{id}", "db.operation.name=GET", "error.type=");
        Expect.sum("cache.gets", 1, "cache=nil:{id}", "result=miss");
        Expect.count(TIMED, 1, "headroom.key.pattern=user:{id}", "db.operation.name=MGET");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=miss");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 1, "cache=push:{id}", "result=hit");
        Expect.count(TIMED, 1, "headroom.key.pattern=error:{id}", "error.type=WRONGTYPE");
        Expect.none("cache.gets", "cache=error:{id}");
        Expect.count(TIMED, 1, "headroom.key.pattern=broken:{id}", "error.type=" + broken);
        Expect.none("cache.gets", "cache=broken:{id}");
        Expect.count(TIMED, 1, "headroom.key.pattern=late:{id}", "error.type=" + broken);
        Expect.none("cache.gets", "cache=late:{id}");
        for (String key : new String[] {"moved", "ask"}) {
            Expect.count(TIMED, 1, "headroom.key.pattern=" + key + ":{id}");
            Expect.count(TIMED, 1, "headroom.key.pattern=" + key + ":{id}", "error.type=");
            Expect.sum(UNTIMED, 1, "headroom.key.pattern=" + key + ":{id}", "error.type=" + key.toUpperCase());
            Expect.sum("cache.gets", 1, "cache=" + key + ":{id}", "result=hit");
        }
    }
}
