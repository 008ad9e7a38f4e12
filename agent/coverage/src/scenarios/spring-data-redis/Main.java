import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Spring's cache in Redis: each lookup is one command, and counts once, under a key pattern that begins with the cache's name. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration(Server.HOST, Server.PORT));
        connections.afterPropertiesSet();
        start(connections);
        RedisCacheManager manager = RedisCacheManager.create(connections);
        manager.afterPropertiesSet();
        Cache pets = manager.getCache("pets");
        pets.put("1", "Rex");
        pets.put("2", null);
        System.out.println("there " + pets.get("1").get() + pets.get("1", String.class));
        System.out.println("null " + pets.get("2").get());
        System.out.println("absent " + pets.get("3"));
        System.out.println("loaded " + pets.get("4", () -> "Max") + pets.get("4", () -> "other"));
        System.out.println(manager.getCache("owners").get("1"));
        pets.evictIfPresent("1"); // evict() itself is done some time later since 4.0
        System.out.println("gone " + pets.get("1"));
        connections.destroy();
        Expect.count(Server.TIMED, Server.calls("get"), "db.operation.name=GET", "db.system.name=redis");
        Expect.sum("cache.gets", Server.hits(), "cache=pets::{id}", "result=hit");
        Expect.sum("cache.gets", Server.misses() - 1, "cache=pets::{id}", "result=miss");
        Expect.sum("cache.gets", 1, "cache=owners::{id}", "result=miss");
        Expect.sum("cache.gets", Server.hits() + Server.misses());
        Expect.none("cache.gets", "cache=pets");
    }

    /** From 3 on it does not connect before it is told to. */
    private static void start(LettuceConnectionFactory connections) throws ReflectiveOperationException {
        try {
            connections.getClass().getMethod("start").invoke(connections);
        } catch (NoSuchMethodException before) {
            System.out.print("");
        }
    }
}
