import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;

/** Plain commands, a pipeline, a transaction, a blocking command, an error, a pool and a slow server. */
public final class Main {
    public static void main(String[] args) throws Exception {
        try (Jedis redis = new Jedis(Server.HOST, Server.PORT)) {
            keys(redis);
            aggregates(redis);
            together(redis);
            System.out.println("blpop " + redis.blpop(1, "queue:1"));
            try {
                redis.incr("profile:1");
            } catch (JedisDataException refused) {
                System.out.println(refused.getMessage());
            }
        }
        try (JedisPool pool = new JedisPool(Server.HOST, Server.PORT);
                Jedis redis = pool.getResource()) {
            System.out.println("pooled " + redis.get("pooled:1"));
        }
        long[] seen = new long[5];
        try (Jedis redis = new Jedis(Server.HOST, Server.slowPort())) {
            for (int i = 0; i < seen.length; i++) {
                long begin = System.nanoTime();
                redis.get("slow:1");
                seen[i] = System.nanoTime() - begin;
            }
        }
        Server.timedAsCounted("MGET", "EXISTS", "HSET", "HGET", "HGETALL", "SADD", "SISMEMBER", "MULTI");
        Server.untimedAsCounted("EXEC", "BLPOP");
        Expect.count(Server.TIMED, 1, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum(Server.UNTIMED, 1, "db.operation.name=SET", "headroom.key.pattern=user:{id}");
        Expect.count(Server.TIMED, 3, "db.operation.name=GET", "headroom.key.pattern=user:{id}");
        Expect.sum(Server.UNTIMED, 4, "db.operation.name=GET", "headroom.key.pattern=user:{id}");
        Expect.count(Server.TIMED, 1, "db.operation.name=GET", "headroom.key.pattern=pooled:{id}");
        Expect.count(Server.TIMED, 1, "db.operation.name=INCR", "error.type=" + "WRONGTYPE");
        Expect.count("headroom.redis.blocking.wait", 1, "db.operation.name=BLPOP", "headroom.key.pattern=queue:{id}");
        Expect.slow(Server.TIMED, seen, "headroom.key.pattern=slow:{id}");
        Expect.count(Server.TIMED, 5, "db.operation.name=GET", "headroom.key.pattern=slow:{id}");
        Expect.sum("cache.gets", 1, "cache=profile:{id}", "result=miss");
        Expect.sum("cache.gets", 2, "cache=profile:{id}", "result=hit");
        Expect.sum("cache.gets", 1, "cache=tags:{id} (membership)", "result=hit");
        Expect.sum("cache.gets", 1, "cache=tags:{id} (membership)", "result=miss");
    }

    private static void keys(Jedis redis) throws Exception {
        long hits = Server.hits();
        long misses = Server.misses();
        redis.set("user:1", "");
        System.out.println("get " + redis.get("user:1") + redis.get("user:1") + redis.get("user:2"));
        System.out.println("mget " + redis.mget("user:1", "user:2", "user:3"));
        System.out.println("exists " + redis.exists("user:1"));
        Expect.sum("cache.gets", Server.hits() - hits + 3, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", Server.misses() - misses + 1, "cache=user:{id}", "result=miss");
    }

    private static void aggregates(Jedis redis) {
        redis.hset("profile:1", "name", "x");
        Map<String, String> all = redis.hgetAll("profile:1");
        System.out.println("hget " + redis.hget("profile:1", "none") + new TreeMap<>(all) + redis.hget("profile:1", "name"));
        redis.sadd("tags:1", "a");
        System.out.println("sismember " + redis.sismember("tags:1", "a") + redis.sismember("tags:1", "b"));
    }

    /** user: 3 hits, 1 miss; the transaction's come from its EXEC. */
    private static void together(Jedis redis) {
        Pipeline pipeline = redis.pipelined();
        Response<String> first = pipeline.get("user:1");
        pipeline.set("user:4", "y");
        Response<String> second = pipeline.get("user:4");
        pipeline.sync();
        System.out.println("pipeline " + first.get() + second.get());
        Transaction transaction = redis.multi();
        transaction.get("user:1");
        transaction.get("user:9");
        System.out.println("exec " + transaction.exec());
    }
}
