package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.RequestScope;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lookups whose result says whether they hit. */
final class LookupProbes {
    private LookupProbes() {}

    /** A lookup; within one of the same cache, it is the same lookup. */
    static final class Lookup extends Probe {
        private final CacheLookups lookups;
        private final boolean loads;

        /** @param loads whether the method computes what is missing, so that its result tells nothing */
        Lookup(CacheLookups lookups, boolean loads) {
            this.lookups = lookups;
            this.loads = loads;
        }

        @Override
        public @Nullable Object enter(@Nullable Object cache, @Nullable Object a, @Nullable Object b) {
            NamedCache named = cache == null ? null : lookups.of(cache);
            if (named == null) {
                return null;
            }
            CallStack stack = CallStack.current();
            Call around = stack.innermost(CallStack.Kind.CACHE);
            if (around != null && named.isWithin(around.owner())) {
                return null;
            }
            Call call = stack.begin(CallStack.Kind.CACHE, null, 0);
            call.owner(named);
            return call;
        }

        @Override
        public void exit(Object token, @Nullable Object value, @Nullable Throwable thrown) {
            Call call = (Call) token;
            Object owner = call.owner();
            call.discard();
            CallStack stack = CallStack.current();
            if (owner instanceof NamedCache) {
                NamedCache named = (NamedCache) owner;
                if (thrown == null || loads) {
                    named.count(thrown == null && (loads || value != null), stack.request());
                }
            } else if (owner instanceof NamedCache.Loaded) {
                ((NamedCache.Loaded) owner).cache().count(false, stack.request());
            }
        }
    }

    /** Lookups of many keys at once: the result has those that were found, and perhaps null for others. */
    static final class Lookups extends Probe {
        private final CacheLookups lookups;

        Lookups(CacheLookups lookups) {
            this.lookups = lookups;
        }

        @Override
        public @Nullable Object enter(@Nullable Object cache, @Nullable Object keys, @Nullable Object b) {
            NamedCache named = cache == null ? null : lookups.of(cache);
            if (named == null || !(keys instanceof Collection)) {
                return null;
            }
            CallStack stack = CallStack.current();
            Call around = stack.innermost(CallStack.Kind.CACHE);
            if (around != null && named.isWithin(around.owner())) {
                return null;
            }
            Call call = stack.begin(CallStack.Kind.CACHE, null, 0);
            call.owner(named);
            return new Bulk(call, named, ((Collection<?>) keys).size());
        }

        @Override
        public void exit(Object token, @Nullable Object found, @Nullable Throwable thrown) {
            Bulk bulk = (Bulk) token;
            bulk.call.discard();
            if (thrown == null && found instanceof Map) {
                RequestScope request = CallStack.current().request();
                int hits = 0;
                for (Object value : ((Map<?, ?>) found).values()) {
                    hits += value == null ? 0 : 1;
                }
                for (int i = 0; i < bulk.keys; i++) {
                    bulk.cache.count(i < hits, request);
                }
            }
        }
    }

    /** A lookup of many keys under way. */
    private static final class Bulk {
        final Call call;
        final NamedCache cache;
        final int keys;

        Bulk(Call call, NamedCache cache, int keys) {
            this.call = call;
            this.cache = cache;
            this.keys = keys;
        }
    }

    /** The lookup under way had its value computed. */
    static final class Loaded extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object cache, @Nullable Object a, @Nullable Object b) {
            Call lookup = CallStack.current().innermost(CallStack.Kind.CACHE);
            if (lookup != null && lookup.owner() instanceof NamedCache) {
                lookup.owner(((NamedCache) lookup.owner()).loaded);
            }
            return null;
        }
    }
}
