import java.net.URI;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** A server that speaks TLS and knows its users; nobody's password is told. */
public final class Main {
    public static void main(String[] args) throws Exception {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("rediss://" + System.getProperty("redis.host") + ":" + System.getProperty("redis.port"))
                .setUsername(System.getProperty("redis.user"))
                .setPassword(System.getProperty("redis.password"))
                .setSslTruststore(new URI("file://" + System.getProperty("redis.trust")).toURL())
                .setSslTruststorePassword(System.getProperty("javax.net.ssl.trustStorePassword"))
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2)
                .setSubscriptionConnectionMinimumIdleSize(1);
        RedissonClient redis = Redisson.create(config);
        redis.getBucket("user:1").set("x");
        System.out.println("get " + redis.getBucket("user:1").get() + redis.getBucket("user:2").getAsync().get());
        redis.shutdown();
        Expect.count("db.client.operation.duration", 1, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 2, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.none("db.client.operation.duration", "db.operation.name=AUTH", "headroom.key.pattern=shop");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=miss");
    }
}
