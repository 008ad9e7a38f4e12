package dev.headroom.core.hook.redis;

import dev.headroom.harness.AppUnderTest;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * Programs that use Lettuce, compiled against its oldest version and run with any. The server's port is the system property
 * {@value #PORT}.
 */
abstract class LettuceApp implements AppUnderTest {
    static final String PORT = "headroom.test.redis";

    private static final Path LIBRARIES = Path.of("target", "libraries");

    /** The jar of that version and what it needs to run. */
    static List<Path> jars(String version) throws Exception {
        String netty = version.startsWith("7")
                ? "4\\.2\\.13"
                : version.startsWith("6.8") ? "4\\.1\\.125" : version.startsWith("6.1") ? "4\\.1\\.82" : "4\\.1\\.63";
        String reactor = version.startsWith("7") || version.startsWith("6.8") ? "3\\.6\\.6" : "3\\.3\\.22\\.RELEASE";
        List<Path> jars = new ArrayList<>(List.of(LIBRARIES.resolve("lettuce-core-" + version + ".RELEASE.jar")));
        try (Stream<Path> all = Files.list(LIBRARIES)) {
            all.filter(jar -> jar.getFileName()
                            .toString()
                            .matches("netty-[a-z-]+-" + netty + "\\.Final\\.jar|reactor-core-" + reactor
                                    + "\\.jar|(reactive-streams|slf4j-api|redis-authx-core)-.*"))
                    .forEach(jars::add);
        }
        return jars;
    }

    abstract Object use(StatefulRedisConnection<String, String> connection) throws Exception;

    @Override
    public Object run() throws Exception {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", Integer.getInteger(PORT)));
        try {
            StatefulRedisConnection<String, String> connection = client.connect();
            try {
                return use(connection);
            } finally {
                connection.close();
            }
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    /** user: 2 + 1 + 1 hits, 1 + 2 + 1 misses; profile: 1 + 1 hits, 1 + 1 misses; list: 1 hit; membership: 1 and 1. */
    static final class ReadAndWrite extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("user:1", "");
            redis.get("user:1");
            redis.get("user:1");
            redis.get("user:2");
            redis.mget("user:1", "user:2", "user:3");
            redis.exists("user:1", "user:2");
            redis.hset("profile:1", "name", "x");
            redis.hmget("profile:1", "name", "none");
            redis.hgetall("profile:1");
            redis.hgetall("profile:2");
            redis.rpush("list:1", "a", "b");
            redis.lrange("list:1", 0, -1);
            redis.lrange("list:1", 0, 0);
            redis.sadd("tags:1", "a");
            redis.sismember("tags:1", "a");
            redis.sismember("tags:1", "b");
            redis.blpop(1, "queue:none");
            try {
                redis.incr("list:1");
                return "no error";
            } catch (RedisCommandExecutionException refused) {
                return refused.getMessage();
            }
        }
    }

    /** Connects, and asks for nothing. */
    static final class Idle extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) {
            return null;
        }
    }

    /** Ten commands in seven round trips; user: 4 hits, 3 misses. */
    static final class EveryWay extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) throws Exception {
            RedisAsyncCommands<String, String> redis = connection.async();
            redis.set("user:1", "x").get();
            RedisFuture<String> first = redis.get("user:1");
            RedisFuture<String> second = redis.get("user:9");
            first.get();
            second.get();
            connection.reactive().get("user:1").block();
            connection.sync().get("user:1");
            connection.sync().get("user:9");
            connection.sync().multi();
            redis.get("user:1");
            redis.get("user:9");
            connection.sync().exec();
            return null;
        }
    }

    /** user: 6 hits, 4 misses. */
    static final class FlushedByHand extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) throws Exception {
            RedisAsyncCommands<String, String> redis = connection.async();
            redis.set("user:1", "x").get();
            connection.setAutoFlushCommands(false);
            List<RedisFuture<String>> gets = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                gets.add(redis.get(i < 6 ? "user:1" : "user:99"));
            }
            TimeUnit.MILLISECONDS.sleep(300);
            connection.flushCommands();
            for (RedisFuture<String> get : gets) {
                get.get(5, TimeUnit.SECONDS);
            }
            return null;
        }
    }

    /** user: 1 + 1 hits, 1 + 1 misses; one transaction carried out, one discarded. */
    static final class Transaction extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) {
            RedisCommands<String, String> redis = connection.sync();
            redis.set("user:1", "x");
            redis.multi();
            redis.get("user:1");
            redis.set("other:1", "y");
            redis.mget("user:1", "user:99");
            redis.get("user:99");
            int answers = redis.exec().size();
            redis.multi();
            redis.get("user:1");
            redis.discard();
            return answers;
        }
    }

    /** user: 3 hits, 1 miss, of lists that are streamed to their reader. */
    static final class Reactive extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) {
            connection.reactive().set("user:1", "x").block();
            connection.reactive().get("user:1").block();
            List<KeyValue<String, String>> read = connection
                    .reactive()
                    .mget("user:1", "user:2", "user:1")
                    .collectList()
                    .block();
            connection.reactive().rpush("list:1", "a", "b", "c").block();
            connection.reactive().lrange("list:1", 0, -1).collectList().block();
            connection.reactive().lrange("list:none", 0, -1).collectList().block();
            Flux.range(0, 4)
                    .flatMap(i -> connection.reactive().incr("count:" + i))
                    .blockLast();
            return read.size();
        }
    }

    /** The same question five times in each of the three ways, under a key that names the way. */
    static final class ThreeWays extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) throws Exception {
            for (int i = 0; i < 5; i++) {
                connection.sync().get("sync");
                connection.async().get("async").get();
                connection.reactive().get("reactive").block();
            }
            return null;
        }
    }

    /** One call times out, one is cancelled; both are answered later. The last is answered at once. */
    static final class GivenUp extends LettuceApp {
        @Override
        Object use(StatefulRedisConnection<String, String> connection) throws Exception {
            connection.sync().get("warm");
            RedisFuture<String> cancelled = connection.async().get("late:1");
            TimeUnit.MILLISECONDS.sleep(50);
            cancelled.cancel(true);
            connection.setTimeout(Duration.ofMillis(100));
            String outcome;
            try {
                outcome = connection.sync().get("late:2");
            } catch (RedisCommandTimeoutException late) {
                outcome = "timed out";
            }
            connection.setTimeout(Duration.ofSeconds(10));
            connection.sync().get("warm");
            return outcome;
        }
    }

    /** Asks a cluster for a key that has moved. */
    static final class Cluster extends LettuceApp {
        @Override
        public Object run() {
            RedisClusterClient client =
                    RedisClusterClient.create(RedisURI.create("127.0.0.1", Integer.getInteger(PORT)));
            try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
                return connection.sync().get("moved");
            } finally {
                client.shutdown(0, 2, TimeUnit.SECONDS);
            }
        }

        @Override
        Object use(StatefulRedisConnection<String, String> connection) {
            throw new UnsupportedOperationException("connects to a cluster");
        }
    }
}
