package dev.headroom.secrets;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/** Redis commands of all clients, with somebody's data in keys, fields, members, values, channels, scripts, patterns and logins. */
final class Commands {
    private final URI server;

    Commands(URI server) {
        this.server = server;
    }

    void jedis() {
        try (Jedis jedis = new Jedis(server.getHost(), server.getPort())) {
            jedis.set("session:" + Marks.token("jedis-set-key"), Marks.token("jedis-set-value"));
            jedis.get("session:" + Marks.token("jedis-get-key"));
            jedis.get("user:" + Marks.email("jedis-email-key") + ":profile");
            jedis.get("user:" + Marks.uuidText("jedis-uuid-key"));
            jedis.get("user:" + Marks.hex("jedis-hex-key") + ":basket");
            jedis.get("iban:" + Marks.digits("jedis-digits-key"));
            jedis.get("cache::" + Marks.token("jedis-spring-key"));
            jedis.get("query:" + Marks.name("jedis-name-key"));
            jedis.get("url:https://example.org/a?token=" + Marks.token("jedis-url-key"));
            jedis.get(("\u00ac\u00ed\0\5t" + Marks.token("jedis-binary-key")).getBytes(StandardCharsets.ISO_8859_1));
            jedis.get(Marks.token("jedis-whole-key"));
            jedis.get("{" + Marks.token("jedis-hash-tag") + "}:cart");
            jedis.get("{\"user\":\"" + Marks.email("jedis-json-key") + "\",\"p\":\"" + Marks.token("jedis-json-value")
                    + "\"}");
            jedis.mget("a:" + Marks.token("jedis-mget-first"), "a:" + Marks.token("jedis-mget-second"));
            jedis.mset("a:" + Marks.token("jedis-mset-key"), Marks.token("jedis-mset-value"));
            jedis.hset(
                    "h:" + Marks.token("jedis-hset-key"),
                    Marks.email("jedis-hset-field"),
                    Marks.token("jedis-hset-value"));
            jedis.hset("h:1", Map.of(Marks.token("jedis-hset-map"), Marks.token("jedis-hset-map-value")));
            jedis.hget("h:1", Marks.token("jedis-hget-field"));
            jedis.sadd("s:1", Marks.token("jedis-member"));
            jedis.sismember("s:1", Marks.email("jedis-asked-member"));
            jedis.zadd("z:1", 1, Marks.name("jedis-scored-member"));
            jedis.lpush("l:1", Marks.token("jedis-list-value"));
            jedis.geoadd("g:1", 13.3, 52.5, Marks.token("jedis-place"));
            jedis.pfadd("p:1", Marks.token("jedis-element"));
            jedis.set(
                    "t:" + Marks.token("jedis-set-ex-key"),
                    Marks.token("jedis-set-ex-value"),
                    SetParams.setParams().ex(100));
            jedis.publish("room:" + Marks.token("jedis-channel"), Marks.token("jedis-message"));
            jedis.keys("user:" + Marks.token("jedis-keys-pattern") + "*");
            jedis.rename("session:" + Marks.token("jedis-set-key"), "session:" + Marks.token("jedis-renamed"));
            jedis.clientSetname(Marks.token("jedis-client-name"));
            jedis.echo(Marks.token("jedis-echo"));
            jedis.eval(
                    "return '" + Marks.token("jedis-script") + "'",
                    1,
                    "k:" + Marks.token("jedis-script-key"),
                    Marks.token("jedis-script-argument"));
            refused(() -> jedis.auth("keeper", Marks.token("jedis-password")));
            refused(() -> jedis.auth(Marks.token("jedis-old-password")));
            refused(() -> jedis.incr("h:1"));
            refused(() -> jedis.eval("return redis.error_reply('ERR " + Marks.token("jedis-script-error") + "')"));
            refused(() -> jedis.eval("broken " + Marks.token("jedis-broken-script")));
            refused(() -> jedis.evalsha(Marks.hex("jedis-unknown-script")));
            refused(() -> jedis.sendCommand(
                    () -> Marks.token("jedis-unknown-command").getBytes(StandardCharsets.US_ASCII), "x"));
            try (Pipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < 12; i++) {
                    pipeline.get("loop:" + Marks.token("jedis-pipeline-" + i));
                }
                pipeline.sync();
            }
            try (Transaction transaction = jedis.multi()) {
                transaction.set("tx:" + Marks.token("jedis-transaction-key"), Marks.token("jedis-transaction-value"));
                transaction.exec();
            }
            for (int i = 0; i < 12; i++) {
                jedis.get("loop:" + Marks.email("jedis-loop-" + i));
            }
        }
        try (redis.clients.jedis.RedisClient pooled = pooled()) {
            pooled.get("pooled:" + Marks.token("jedis-pooled-key"));
            pooled.set("pooled:" + Marks.digits("jedis-pooled-digits"), Marks.token("jedis-pooled-value"));
        }
    }

    private redis.clients.jedis.RedisClient pooled() {
        return redis.clients.jedis.RedisClient.create(server.getHost(), server.getPort());
    }

    void lettuce() {
        RedisURI address = RedisURI.create(server.getHost(), server.getPort());
        address.setClientName(Marks.token("lettuce-client-name"));
        RedisClient client = RedisClient.create(address);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            RedisCommands<String, String> commands = connection.sync();
            commands.set("session:" + Marks.token("lettuce-set-key"), Marks.token("lettuce-set-value"));
            commands.get("user:" + Marks.email("lettuce-get-key"));
            commands.mget("a:" + Marks.token("lettuce-mget-first"), "a:" + Marks.token("lettuce-mget-second"));
            commands.hset("h:2", Marks.token("lettuce-field"), Marks.token("lettuce-value"));
            commands.sadd("s:2", Marks.token("lettuce-member"));
            commands.publish("room:" + Marks.token("lettuce-channel"), Marks.token("lettuce-message"));
            commands.setex("t:" + Marks.uuidText("lettuce-setex-key"), 100, Marks.token("lettuce-setex-value"));
            commands.eval(
                    "return '" + Marks.token("lettuce-script") + "'",
                    io.lettuce.core.ScriptOutputType.VALUE,
                    new String[] {"k:" + Marks.token("lettuce-script-key")},
                    Marks.token("lettuce-script-argument"));
            try {
                commands.auth("keeper", Marks.token("lettuce-password"));
                throw new IllegalStateException("a login nobody has");
            } catch (io.lettuce.core.RedisCommandExecutionException refused) {
                // that is the case
            }
            for (int i = 0; i < 12; i++) {
                connection
                        .async()
                        .get("loop:" + Marks.token("lettuce-loop-" + i))
                        .toCompletableFuture()
                        .join();
            }
        } finally {
            client.shutdown();
        }
    }

    private static void refused(Runnable command) {
        try {
            command.run();
            throw new IllegalStateException("the server took what it should refuse");
        } catch (JedisDataException refused) {
            // that is the case
        }
    }
}
