package dev.headroom.harmless;

import io.valkey.Jedis;
import io.valkey.Pipeline;
import io.valkey.Transaction;

/** Valkey's Java client against {@link RedisScript}: hits, misses, errors, a pipeline, a transaction, no answer and a lost connection. */
final class ValkeyScenario implements EveryHook.Scenario {
    private static final int TIMEOUT_MILLIS = 400;

    @Override
    public void play(Transcript transcript) throws Exception {
        try (WireServer server = new WireServer(new RedisScript())) {
            try (Jedis jedis = new Jedis("127.0.0.1", server.port(), TIMEOUT_MILLIS)) {
                for (int i = 0; i < EveryHook.TIMES; i++) {
                    use(transcript, jedis, i);
                }
                transcript.tell("lost", () -> jedis.get("hang-up"));
                transcript.tell("after it", () -> jedis.get("user:1"));
            }
            try (Jedis jedis = new Jedis("127.0.0.1", server.port(), TIMEOUT_MILLIS)) {
                transcript.tell("no answer", () -> jedis.get("silence"));
            }
            transcript.say(server.received());
        }
    }

    private static void use(Transcript transcript, Jedis jedis, int i) {
        transcript.tell("set", () -> jedis.set("user:" + i, "name"));
        transcript.tell("get", () -> jedis.get("user:" + i));
        transcript.tell("miss", () -> jedis.get("none:" + i));
        transcript.tell("mget", () -> jedis.mget("a", "b"));
        transcript.tell("error", () -> jedis.incr("text"));
        transcript.tell("pipeline", () -> {
            Pipeline pipeline = jedis.pipelined();
            pipeline.get("user:1");
            pipeline.incr("text");
            return pipeline.syncAndReturnAll().toString().replaceAll("@[0-9a-f]+", "@");
        });
        transcript.tell("transaction", () -> {
            Transaction transaction = jedis.multi();
            transaction.get("user:1");
            transaction.set("user:1", "other");
            return transaction.exec();
        });
    }
}
