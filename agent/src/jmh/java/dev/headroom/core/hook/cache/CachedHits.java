package dev.headroom.core.hook.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import java.util.function.IntSupplier;
import org.springframework.cache.concurrent.ConcurrentMapCache;

/** Looks up what is there, as an application does that the weaving loader loads. */
public final class CachedHits {
    private static final String KEY = "user:1";
    private static final String VALUE = "x";

    private CachedHits() {}

    public static final class OfCaffeine implements IntSupplier {
        private final Cache<String, String> cache =
                Caffeine.newBuilder().maximumSize(100).build();

        public OfCaffeine() {
            cache.put(KEY, VALUE);
        }

        @Override
        public int getAsInt() {
            return cache.getIfPresent(KEY).length();
        }
    }

    public static final class OfGuava implements IntSupplier {
        private final com.google.common.cache.Cache<String, String> cache =
                CacheBuilder.newBuilder().maximumSize(100).build();

        public OfGuava() {
            cache.put(KEY, VALUE);
        }

        @Override
        public int getAsInt() {
            return cache.getIfPresent(KEY).length();
        }
    }

    public static final class OfSpring implements IntSupplier {
        private final ConcurrentMapCache cache = new ConcurrentMapCache("users");

        public OfSpring() {
            cache.put(KEY, VALUE);
        }

        @Override
        public int getAsInt() {
            return cache.get(KEY).get().hashCode();
        }
    }
}
