import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Lookups of every kind, bounded and not, loading and not, asynchronous; a builder that is used again. */
public final class Main {
    private static final LoadingCache<String, Integer> LENGTHS =
            Caffeine.newBuilder().maximumSize(100).build(String::length);

    /** Caches that nobody holds are gone before they are asked. */
    private static final List<Object> HELD = new ArrayList<>();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Caffeine<Object, Object> builder = Caffeine.newBuilder();
        Cache<String, String> names = names(builder);
        for (String name : List.of("Rex", "Leo", "Rex", "Rex")) {
            System.out.println(names.get(name, String::toUpperCase)); // 2 misses, 2 hits
        }
        System.out.println(names.getIfPresent("Rex") + names.getIfPresent("Max")); // 1 hit, 1 miss
        System.out.println(names.getAllPresent(List.of("Rex", "Leo", "Tom")).size()); // 2 hits, 1 miss
        System.out.println(names.asMap().get("Rex")); // as the library has it: not counted
        System.out.println(LENGTHS.get("four") + LENGTHS.get("four") + LENGTHS.get("five")); // 2 misses, 1 hit
        System.out.println(LENGTHS.getAll(List.of("four", "three")).size()); // 1 hit, 1 miss
        try {
            names.get("broken", key -> {
                throw new IllegalStateException(key);
            });
        } catch (IllegalStateException expected) {
            System.out.println("failed " + expected.getMessage()); // 1 miss
        }
        again(builder);
        future();
        Expect.awaitExport();
        System.out.println(names.estimatedSize());
        gets("Main.names", 5, 5);
        gets("Main", 2, 3);
        gets("Main.again", 1, 1);
        gets("Main.future", 1, 2);
        Expect.sum("cache.loads", 3, "cache=Main.names");
        Expect.last("cache.size", 2, "cache=Main.names");
        Expect.sum("cache.gets", 20);
    }

    private static void gets(String name, long hits, long misses) {
        Expect.sum("cache.gets", hits, "cache=" + name, "result=hit");
        Expect.sum("cache.gets", misses, "cache=" + name, "result=miss");
    }

    private static Cache<String, String> names(Caffeine<Object, Object> builder) {
        return builder.build();
    }

    /** The builder is as it was: statistics can still be asked for, once. */
    private static void again(Caffeine<Object, Object> builder) {
        Cache<String, String> own = builder.recordStats().build();
        HELD.add(own);
        own.put("a", "b");
        System.out.println(own.getIfPresent("a") + own.getIfPresent("b") + own.stats().hitCount());
        try {
            builder.recordStats();
        } catch (IllegalStateException expected) {
            System.out.println("twice: " + expected.getMessage());
        }
    }

    /** The type that a lookup belongs to changed after 2.0, so it is looked up by name. */
    private static void future() throws Exception {
        Caffeine<Object, Object> builder = Caffeine.newBuilder().executor(Runnable::run);
        var lengths = builder.buildAsync((String key) -> key.length());
        HELD.add(lengths);
        Method get = Class.forName("com.github.benmanes.caffeine.cache.AsyncLoadingCache").getMethod("get", Object.class);
        for (String key : List.of("four", "four", "three")) {
            System.out.println(((CompletableFuture<?>) get.invoke(lengths, key)).get());
        }
        System.out.println(Map.copyOf(lengths.synchronous().asMap()).size());
    }
}
