import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RBucket;
import org.redisson.api.RLock;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Objects, synchronous, asynchronous and reactive calls, batches, transactions, a lock's script, an error and a slow server. */
public final class Main {
    /** What the application waited for late replies. */
    private static final long[] SEEN = new long[6];

    public static void main(String[] args) throws Exception {
        RedissonClient redis = client(Server.PORT, 300);
        keys(redis);
        aggregates(redis);
        batches(redis);
        asking(redis);
        RLock lock = redis.getLock("lock:1");
        lock.lock();
        lock.unlock();
        System.out.println("poll " + redis.getBlockingQueue("queue:1").poll(1, TimeUnit.SECONDS));
        try {
            redis.getAtomicLong("profile:1").incrementAndGet();
        } catch (RedisException refused) {
            System.out.println(refused.getMessage().split(" ")[0]);
        }
        redis.shutdown();
        // No pings where every reply is late: 3.26 takes a late one for a dead connection and closes it, with and without an agent.
        RedissonClient slow = client(Server.slowPort(), 0);
        RBucket<String> bucket = slow.getBucket("slow:1");
        for (int i = 0; i < SEEN.length; i++) {
            long begin = System.nanoTime();
            if (i % 2 == 0) {
                bucket.get();
            } else {
                bucket.getAsync().get();
            }
            SEEN[i] = System.nanoTime() - begin;
        }
        slow.shutdown();
        expect();
    }

    private static RedissonClient client(int port, int pingMillis) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("redis://" + Server.HOST + ":" + port)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(4)
                .setPingConnectionInterval(pingMillis)
                .setSubscriptionConnectionMinimumIdleSize(1);
        return Redisson.create(config);
    }

    private static void keys(RedissonClient redis) throws Exception {
        long hits = Server.hits();
        long misses = Server.misses();
        RBucket<String> bucket = redis.getBucket("user:1");
        bucket.set("x");
        System.out.println("get " + bucket.get() + redis.getBucket("user:2").get());
        System.out.println("async " + bucket.getAsync().get());
        System.out.println("reactive " + redis.reactive().getBucket("user:1").get().block());
        System.out.println("mget " + new TreeMap<>(redis.getBuckets().get("user:1", "user:2", "user:3")));
        System.out.println("exists " + bucket.isExists());
        Expect.sum("cache.gets", Server.hits() - hits + 3, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", Server.misses() - misses + 4, "cache=user:{id}", "result=miss");
    }

    private static void aggregates(RedissonClient redis) {
        RMap<String, String> map = redis.getMap("profile:1");
        map.fastPut("name", "x");
        System.out.println("hget " + map.get("name") + map.get("none"));
        System.out.println("hmget " + map.getAll(new HashSet<>(List.of("name"))));
        System.out.println("hgetall " + map.readAllMap() + redis.getMap("profile:2").readAllMap());
        Set<String> tags = redis.getSet("tags:1");
        tags.add("a");
        System.out.println("sismember " + tags.contains("a") + tags.contains("b"));
    }

    /** user: 3 hits, 4 misses; the transactions' come from their EXEC. */
    private static void batches(RedissonClient redis) {
        RBatch batch = redis.createBatch();
        for (int i = 0; i < 3; i++) {
            batch.getBucket("user:" + i).getAsync();
        }
        System.out.println("batch " + batch.execute().getResponses());
        for (BatchOptions.ExecutionMode mode :
                new BatchOptions.ExecutionMode[] {BatchOptions.ExecutionMode.IN_MEMORY_ATOMIC, BatchOptions.ExecutionMode.REDIS_WRITE_ATOMIC}) {
            RBatch transaction = redis.createBatch(BatchOptions.defaults().executionMode(mode));
            transaction.getBucket("user:1").getAsync();
            transaction.getBucket("user:9").getAsync();
            System.out.println("atomic " + transaction.execute().getResponses());
        }
    }

    /** Every way to ask, within one request, whose account knows of each once; 4 hits, 2 misses. */
    private static void asking(RedissonClient redis) throws Exception {
        redis.getBucket("asked:1").set("x");
        Asking.request("/asking", () -> {
            System.out.println("asked " + redis.getBucket("asked:1").get() + redis.getBucket("asked:99").getAsync().get());
            System.out.println("asked " + redis.reactive().getBucket("asked:1").get().block());
            RBatch batch = redis.createBatch();
            batch.getBucket("asked:1").getAsync();
            batch.getBucket("asked:98").getAsync();
            System.out.println("asked " + batch.execute().getResponses());
            RBatch transaction =
                    redis.createBatch(BatchOptions.defaults().executionMode(BatchOptions.ExecutionMode.IN_MEMORY_ATOMIC));
            transaction.getBucket("asked:1").getAsync();
            System.out.println("asked " + transaction.execute().getResponses());
        });
        Asking.expect("/asking", 3 + 2 + 3, 3 + 1 + 1, 4, 2);
    }

    private static void expect() throws Exception {
        Server.timedAsCounted("MGET", "HMGET", "HGETALL", "SADD", "SISMEMBER", "MULTI");
        Server.untimedAsCounted("EXEC", "BLPOP");
        Expect.count(Server.TIMED, 1, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count(Server.TIMED, 4, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum(Server.UNTIMED, 7, "db.operation.name=GET", "headroom.key.pattern=user:{id}");
        Expect.count(Server.TIMED, 1, "db.operation.name=EXISTS", "headroom.key.pattern=user:{id}");
        Expect.count(Server.TIMED, 2, "db.operation.name=HGET", "headroom.key.pattern=profile:{id}");
        Expect.count(Server.TIMED, 2, "db.operation.name=PIPELINE");
        Expect.count(Server.TIMED, 1, "db.operation.name=INCR", "error.type=WRONGTYPE");
        Expect.count(Server.TIMED, 2, "db.operation.name=" + script(), "headroom.key.pattern=lock:{id}", "error.type=");
        Expect.count("headroom.redis.blocking.wait", 1, "db.operation.name=BLPOP", "headroom.key.pattern=queue:{id}");
        Expect.sum("cache.gets", 3, "cache=profile:{id}", "result=hit");
        Expect.sum("cache.gets", 2, "cache=profile:{id}", "result=miss");
        Expect.sum("cache.gets", 1, "cache=tags:{id} (membership)", "result=hit");
        Expect.sum("cache.gets", 1, "cache=tags:{id} (membership)", "result=miss");
        Expect.count(Server.TIMED, 6, "db.operation.name=GET", "headroom.key.pattern=slow:{id}");
        Expect.slow(Server.TIMED, SEEN, "headroom.key.pattern=slow:{id}");
    }

    /** Later versions send a script's digest. */
    private static String script() throws Exception {
        return Server.calls("evalsha") > 0 ? "EVALSHA" : "EVAL";
    }
}
