package dev.headroom.harmless;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Vert.x' Redis client against {@link RedisScript}: hits, misses, errors, a batch, a transaction and a lost connection. */
final class VertxRedisScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (WireServer server = new WireServer(new RedisScript())) {
            Redis redis = Redis.createClient(
                    vertx, new RedisOptions().setConnectionString("redis://127.0.0.1:" + server.port()));
            RedisConnection connection = await(redis.connect());
            for (int i = 0; i < EveryHook.TIMES; i++) {
                use(transcript, connection, i);
            }
            transcript.say("no arguments " + outcome(connection.send(Request.cmd(Command.GET))));
            transcript.say("lost " + outcome(connection.send(get("hang-up"))));
            redis.close();
            transcript.say(server.received());
        }
        await(vertx.close());
    }

    private static void use(Transcript transcript, RedisConnection connection, int i) {
        transcript.say("set "
                + outcome(connection.send(
                        Request.cmd(Command.SET).arg("user:" + i).arg("name"))));
        transcript.say(
                "get " + outcome(connection.send(get("user:" + i))) + outcome(connection.send(get("none:" + i))));
        transcript.say("mget "
                + outcome(connection.send(Request.cmd(Command.MGET).arg("a").arg("b"))));
        Request wrong = Request.cmd(Command.INCR).arg("text");
        transcript.say("error " + outcome(connection.send(wrong)));
        transcript.say("batch " + outcome(connection.batch(List.of(get("user:1"), get("none:1")))));
        transcript.say("multi " + outcome(connection.send(Request.cmd(Command.MULTI)))
                + outcome(connection.send(get("user:1"))) + outcome(connection.send(Request.cmd(Command.EXEC))));
    }

    private static Request get(String key) {
        return Request.cmd(Command.GET).arg(key);
    }

    private static <T> T await(Future<T> asked) {
        return asked.toCompletionStage().toCompletableFuture().join();
    }

    private static String outcome(Future<?> asked) {
        try {
            return String.valueOf(await(asked));
        } catch (CompletionException failed) {
            return String.valueOf(failed.getCause());
        }
    }
}
