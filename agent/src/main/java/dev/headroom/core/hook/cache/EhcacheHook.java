package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Ehcache 2 and 3, the latter as JCache too: lookups by the name of the cache. A cache of Ehcache 3 that loads what is missing is passed
 * over: what it returns does not tell whether it was there.
 */
public final class EhcacheHook extends Hook {
    private static final String KEY = "java.lang.Object";

    public EhcacheHook(Recorder recorder) {
        super("ehcache", "net.sf.ehcache:ehcache, org.ehcache:ehcache", "2.10, 3.5 to 3.12");
        CacheLookups lookups = new CacheLookups(recorder);
        Probe one = new LookupProbes.Lookup(lookups, false);
        Probe many = new LookupProbes.Lookups(lookups);
        type("net.sf.ehcache.Cache")
                .weave(
                        method("get", KEY).advice(Advices.TIMED).probe(one),
                        method("getAll", "java.util.Collection")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(many));
        type("org.ehcache.core.EhcacheBase")
                .weave(
                        method("get", KEY).advice(Advices.TIMED).probe(one),
                        method("getAllInternal", "java.util.Set", "boolean")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(many));
        type("org.ehcache.core.EhcacheManager")
                .weave(method(
                                "createNewEhcache",
                                "java.lang.String",
                                "org.ehcache.config.CacheConfiguration",
                                "java.lang.Class",
                                "java.lang.Class")
                        .advice(nested("Made"))
                        .probe(new Named(lookups)));
    }

    /** Enter with cache and name. */
    private static final class Named extends Probe {
        private final CacheLookups lookups;

        Named(CacheLookups lookups) {
            this.lookups = lookups;
        }

        @Override
        public @Nullable Object enter(@Nullable Object cache, @Nullable Object name, @Nullable Object b) {
            if (cache != null && name instanceof String) {
                lookups.named(cache, (String) name);
            }
            return null;
        }
    }

    static final class Made {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Argument(0) String name,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object cache) {
            HeadroomBridge.live.enter(hook, cache, name, null);
        }
    }
}
