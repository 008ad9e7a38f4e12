import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.spi.loaderwriter.CacheLoaderWriter;

/** Lookups in caches of Ehcache 3, one by one and many at once, by its own interface and as JCache. */
public final class Main {
    private static final String GETS = "cache.gets";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try (CacheManager manager = CacheManagerBuilder.newCacheManagerBuilder().build(true)) {
            own(manager.createCache("pets", configuration()));
            loading(manager.createCache("loaded", configuration().withLoaderWriter(new Loader())));
        }
        javax.cache.CacheManager manager = Caching.getCachingProvider("org.ehcache.jsr107.EhcacheCachingProvider")
                .getCacheManager();
        standard(manager.createCache("owners", new MutableConfiguration<>()));
        manager.close();
        Expect.sum(GETS, 5 + 2, "cache=pets", "result=hit");
        Expect.sum(GETS, 3 + 2, "cache=pets", "result=miss");
        Expect.sum(GETS, 4 + 1, "cache=owners", "result=hit");
        Expect.sum(GETS, 2 + 1, "cache=owners", "result=miss");
        Expect.none(GETS, "cache=loaded");
        Expect.sum(GETS, 7 + 5 + 5 + 3);
    }

    private static CacheConfigurationBuilder<Integer, String> configuration() {
        return CacheConfigurationBuilder.newCacheConfigurationBuilder(
                Integer.class, String.class, ResourcePoolsBuilder.heap(100));
    }

    private static void own(Cache<Integer, String> pets) {
        for (int i = 0; i < 5; i++) {
            pets.put(i, "pet " + i);
        }
        for (int i = 0; i < 8; i++) {
            System.out.println(i + " " + pets.get(i));
        }
        System.out.println("many " + new TreeMap<>(pets.getAll(Set.of(1, 2, 101, 102))));
        System.out.println("is there " + pets.containsKey(1));
    }

    private static void loading(Cache<Integer, String> loaded) {
        System.out.println("loaded " + loaded.get(7) + " again " + loaded.get(7));
    }

    private static void standard(javax.cache.Cache<Object, Object> owners) {
        for (int i = 0; i < 4; i++) {
            owners.put(i, "owner " + i);
        }
        for (int i = 0; i < 6; i++) {
            System.out.println(i + " " + owners.get(i));
        }
        System.out.println("many " + owners.getAll(Set.of(1, 101)));
    }

    private static final class Loader implements CacheLoaderWriter<Integer, String> {
        @Override
        public String load(Integer key) {
            return "loaded " + key;
        }

        @Override
        public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
            return Map.of();
        }

        @Override
        public void write(Integer key, String value) {}

        @Override
        public void writeAll(Iterable<? extends Map.Entry<? extends Integer, ? extends String>> entries) {}

        @Override
        public void delete(Integer key) {}

        @Override
        public void deleteAll(Iterable<? extends Integer> keys) {}
    }
}
