import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.util.List;

/** Lookups of every kind; a builder that is used again. */
public final class Main {
    private final LoadingCache<String, Integer> lengths = CacheBuilder.newBuilder()
            .maximumSize(2)
            .concurrencyLevel(1)
            .build(CacheLoader.from(String::length));

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        CacheBuilder<Object, Object> builder = CacheBuilder.newBuilder();
        Cache<String, String> names = names(builder);
        for (String name : List.of("Rex", "Leo", "Rex", "Rex")) {
            System.out.println(names.get(name, name::toUpperCase)); // 2 misses, 2 hits
        }
        System.out.println(names.getIfPresent("Rex") + names.getIfPresent("Max")); // 1 hit, 1 miss
        System.out.println(names.getAllPresent(List.of("Rex", "Leo", "Tom")).size()); // 2 hits, 1 miss
        try {
            names.get("broken", () -> {
                throw new IllegalStateException("no value");
            });
        } catch (RuntimeException expected) {
            System.out.println("failed " + expected.getCause().getMessage()); // 1 miss
        }
        new Main().lengths();
        Cache<String, String> own = names(builder.recordStats());
        own.put("a", "b");
        System.out.println(own.getIfPresent("a") + own.getIfPresent("b") + own.stats().hitCount());
        Expect.awaitExport();
        System.out.println(names.size());
        gets("Main.names", 6, 6);
        gets("Main", 2, 4);
        Expect.sum("cache.evictions", 2, "cache=Main");
        Expect.last("cache.size", 3, "cache=Main.names");
        Expect.sum("cache.gets", 18);
    }

    private void lengths() throws Exception {
        System.out.println(lengths.get("four") + lengths.getUnchecked("four") + lengths.get("five")); // 2 misses, 1 hit
        System.out.println(lengths.getAll(List.of("five", "three", "seven")).size()); // 1 hit, 2 misses
    }

    private static void gets(String name, long hits, long misses) {
        Expect.sum("cache.gets", hits, "cache=" + name, "result=hit");
        Expect.sum("cache.gets", misses, "cache=" + name, "result=miss");
    }

    private static Cache<String, String> names(CacheBuilder<Object, Object> builder) {
        return builder.build();
    }
}
