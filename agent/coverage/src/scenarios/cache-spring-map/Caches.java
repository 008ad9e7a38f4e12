import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/** Spring's own maps. */
final class Caches {
    private Caches() {}

    static CacheManager manager() {
        return new ConcurrentMapCacheManager();
    }
}
