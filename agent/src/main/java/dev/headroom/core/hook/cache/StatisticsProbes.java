package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/** Building a cache that counts for itself. */
final class StatisticsProbes {
    private StatisticsProbes() {}

    /** A builder asks itself whether its cache shall count; whoever gets a token says yes. */
    static final class Asked extends Probe {
        private final MeasuredCaches caches;

        Asked(MeasuredCaches caches) {
            this.caches = caches;
        }

        @Override
        public @Nullable Object enter(@Nullable Object builder, @Nullable Object a, @Nullable Object b) {
            return caches.hasRoom() ? builder : null;
        }
    }

    /** A cache was built. */
    static final class Built extends Probe {
        private final MeasuredCaches caches;

        Built(MeasuredCaches caches) {
            this.caches = caches;
        }

        @Override
        public @Nullable Object enter(@Nullable Object cache, @Nullable Object a, @Nullable Object b) {
            if (cache != null) {
                caches.built(cache);
            }
            return null;
        }
    }

    /** The cache counted lookups, on the thread that made them. */
    static final class Looked extends Probe {
        private final boolean hit;

        Looked(boolean hit) {
            this.hit = hit;
        }

        @Override
        public void mark(@Nullable Object counter, long lookups) {
            RequestScope request = CallStack.current().request();
            if (lookups > 0 && request.active()) {
                request.near(hit);
            }
        }
    }

    /** Spring's adapter was made for a cache: now it has a name. */
    static final class Named extends Probe {
        private final MeasuredCaches caches;

        Named(MeasuredCaches caches) {
            this.caches = caches;
        }

        @Override
        public @Nullable Object enter(@Nullable Object cache, @Nullable Object name, @Nullable Object b) {
            if (cache != null && name instanceof String) {
                caches.named(cache, (String) name);
            }
            return null;
        }
    }
}
