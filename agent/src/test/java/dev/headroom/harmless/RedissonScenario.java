package dev.headroom.harmless;

import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson against {@link RedisScript}: as {@link LettuceScenario}. */
final class RedissonScenario implements EveryHook.Scenario {
    private static final int PATIENT_MILLIS = 20_000;
    private static final int TIMEOUT_MILLIS = 300;

    @Override
    public void play(Transcript transcript) throws Exception {
        try (WireServer server = new WireServer(new RedisScript())) {
            RedissonClient redis = client(server, PATIENT_MILLIS);
            try {
                for (int i = 0; i < EveryHook.TIMES; i++) {
                    use(transcript, redis, i);
                }
                transcript.say(server.received());
            } finally {
                redis.shutdown(0, 1, TimeUnit.SECONDS);
            }
            RedissonClient impatient = client(server, TIMEOUT_MILLIS);
            try {
                transcript.say("no answer "
                        + outcome(() -> impatient.getBucket("silence").get()));
            } finally {
                impatient.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    /** One connection, so that the server is asked in order. */
    private static RedissonClient client(WireServer server, int timeoutMillis) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.setThreads(2).setNettyThreads(2);
        config.useSingleServer()
                .setAddress("redis://127.0.0.1:" + server.port())
                .setTimeout(timeoutMillis)
                .setRetryAttempts(0)
                .setDnsMonitoringInterval(-1)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(1)
                .setSubscriptionConnectionMinimumIdleSize(0)
                .setSubscriptionConnectionPoolSize(1);
        return Redisson.create(config);
    }

    private static void use(Transcript transcript, RedissonClient redis, int i) throws Exception {
        redis.getBucket("user:" + i).set("name");
        transcript.say(redis.getBucket("user:" + i).get() + " "
                + redis.getBucket("none:" + i).get());
        transcript.say(new TreeMap<>(redis.getBuckets().get("a", "b")));
        transcript.say("error " + outcome(() -> redis.getAtomicLong("text").incrementAndGet()));
        RFuture<Object> first = redis.getBucket("first").getAsync();
        RFuture<Long> second = redis.getAtomicLong("text").incrementAndGetAsync();
        transcript.say("async " + outcome(first::get) + outcome(second::get));
        for (BatchOptions.ExecutionMode mode : new BatchOptions.ExecutionMode[] {
            BatchOptions.ExecutionMode.IN_MEMORY, BatchOptions.ExecutionMode.IN_MEMORY_ATOMIC
        }) {
            RBatch batch = redis.createBatch(
                    BatchOptions.defaults().executionMode(mode).retryAttempts(0));
            batch.getBucket("user:1").getAsync();
            batch.getBucket("user:2").getAsync();
            transcript.say(mode + outcome(() -> batch.execute().getResponses()));
        }
    }

    private interface Ask {
        Object ask() throws Exception;
    }

    /** Its messages name connections and pointers; what kind of failure it is, is the same each time. */
    private static String outcome(Ask ask) {
        try {
            return String.valueOf(ask.ask());
        } catch (ExecutionException failed) {
            return failed.getClass() + " " + failed.getCause().getClass();
        } catch (Exception failed) {
            return failed.getClass().toString();
        }
    }
}
