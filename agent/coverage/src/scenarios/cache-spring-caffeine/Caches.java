import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;

/** Caffeine below Spring: counted once, by Caffeine, under Spring's name. */
final class Caches {
    private Caches() {}

    static CacheManager manager() {
        CaffeineCacheManager manager = new CaffeineCacheManager();
        manager.setCaffeine(Caffeine.newBuilder().maximumSize(100));
        return manager;
    }
}
