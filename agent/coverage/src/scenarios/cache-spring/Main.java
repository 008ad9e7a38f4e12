import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code @Cacheable} and lookups by hand, in caches that {@code Caches}, in the folder of each provider, makes. */
public final class Main {
    private Main() {}

    @Configuration
    @EnableCaching
    public static class Application {
        @Bean
        public CacheManager cacheManager() {
            return Caches.manager();
        }

        @Bean
        public Pets pets() {
            return new Pets();
        }
    }

    public static class Pets {
        @Cacheable("pets")
        public String pet(int id) {
            return id < 0 ? null : "pet " + id;
        }

        @Cacheable(value = "owners", sync = true)
        public String owner(int id) {
            if (id < 0) {
                throw new IllegalArgumentException("no owner " + id);
            }
            return "owner " + id;
        }

        @CacheEvict("pets")
        public void forget(int id) {}
    }

    public static void main(String[] arguments) throws Exception {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
            Pets pets = context.getBean(Pets.class);
            for (int id : new int[] {1, 2, 1, 1, -1, -1}) {
                System.out.println(pets.pet(id)); // misses of 1, 2, -1; two hits of 1, a hit of -1: null is a value
            }
            pets.forget(1);
            System.out.println(pets.pet(1)); // a miss
            for (int id : new int[] {1, 1, 2}) {
                System.out.println(pets.owner(id)); // two misses, a hit
            }
            try {
                pets.owner(-1); // a miss
            } catch (RuntimeException expected) {
                System.out.println(expected.getMessage());
            }
            byHand(context.getBean(CacheManager.class).getCache("visits"));
            Expect.awaitExport();
        }
        gets("pets", 3, 4);
        gets("owners", 1, 3);
        gets("visits", 4, 3);
        Expect.sum("cache.gets", 18);
    }

    private static void byHand(Cache visits) {
        visits.put("a", "first");
        System.out.println(visits.get("a").get() + visits.get("a", String.class)); // two hits
        System.out.println(visits.get("b") + visits.get("b", String.class)); // two misses
        System.out.println(visits.get("c", () -> "third") + visits.get("c", () -> "fourth")); // a miss, a hit
        System.out.println(visits.get("c").get()); // a hit
        visits.evict("a");
        visits.clear();
    }

    private static void gets(String name, long hits, long misses) {
        Expect.sum("cache.gets", hits, "cache=" + name, "result=hit");
        Expect.sum("cache.gets", misses, "cache=" + name, "result=miss");
    }
}
