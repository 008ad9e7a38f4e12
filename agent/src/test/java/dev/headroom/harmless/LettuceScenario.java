package dev.headroom.harmless;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Lettuce against {@link RedisScript}: as {@link JedisScenario}, and futures in the order in which they were asked for. */
final class LettuceScenario implements EveryHook.Scenario {
    private static final int TIMEOUT_MILLIS = 500;

    @Override
    public void play(Transcript transcript) throws Exception {
        try (WireServer server = new WireServer(new RedisScript())) {
            RedisURI uri = RedisURI.create("127.0.0.1", server.port());
            uri.setTimeout(Duration.ofSeconds(20));
            RedisClient client = RedisClient.create(uri);
            client.setOptions(ClientOptions.builder().autoReconnect(false).build());
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                for (int i = 0; i < EveryHook.TIMES; i++) {
                    use(transcript, connection, i);
                }
                connection.setTimeout(Duration.ofMillis(TIMEOUT_MILLIS));
                transcript.say("no answer " + outcome(() -> connection.sync().get("silence")));
                transcript.say("lost " + outcome(() -> connection.sync().get("hang-up")));
            } finally {
                client.shutdown(0, 5, TimeUnit.SECONDS);
            }
            transcript.say(server.received());
        }
    }

    private static void use(Transcript transcript, StatefulRedisConnection<String, String> connection, int i)
            throws Exception {
        RedisCommands<String, String> redis = connection.sync();
        transcript.say(redis.set("user:" + i, "name") + redis.get("user:" + i) + redis.get("none:" + i));
        transcript.say(redis.mget("a", "b"));
        transcript.say("error " + outcome(() -> redis.incr("text")));
        RedisFuture<String> first = connection.async().get("first");
        RedisFuture<Long> second = connection.async().incr("text");
        transcript.say("async " + outcome(first::get) + outcome(second::get));
        redis.multi();
        redis.get("user:1");
        transcript.say("transaction " + redis.exec());
    }

    private interface Ask {
        Object ask() throws Exception;
    }

    /** Its own threads make the exceptions; what they say is the same each time. */
    private static String outcome(Ask ask) {
        try {
            return String.valueOf(ask.ask());
        } catch (ExecutionException failed) {
            return failed.getClass() + " " + failed.getCause();
        } catch (Exception failed) {
            return failed.toString();
        }
    }
}
