package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Spring's cache abstraction: lookups by the name of the cache, of {@code @Cacheable} and of the caches that Spring itself brings.
 * Lookups in Caffeine and Guava are left to these, which count them under the same name; those in Redis to its clients.
 */
public final class SpringCacheHook extends Hook {
    private static final String KEY = "java.lang.Object";
    private static final String LOADER = "java.util.concurrent.Callable";
    private static final String ADAPTING = "org.springframework.cache.support.AbstractValueAdaptingCache";

    private final Probe found;
    private final Probe loading;

    public SpringCacheHook(Recorder recorder) {
        super("spring-cache", "org.springframework:spring-context", "4.3 to 7");
        CacheLookups lookups = new CacheLookups(recorder);
        found = new LookupProbes.Lookup(lookups, false);
        loading = new LookupProbes.Lookup(lookups, true);
        Probe loaded = new LookupProbes.Loaded();
        type("org.springframework.cache.interceptor.AbstractCacheInvoker")
                .weave(method("doGet", "org.springframework.cache.Cache", KEY)
                        .advice(nested("OfArgument"))
                        .probe(found));
        values(ADAPTING);
        values("org.springframework.cache.ehcache.EhCacheCache");
        values("org.springframework.cache.support.NoOpCache");
        type(ADAPTING).weave(method("toStoreValue", KEY).advice(Advices.CALLED).probe(loaded));
        for (String type : new String[] {
            "org.springframework.cache.concurrent.ConcurrentMapCache",
            "org.springframework.cache.jcache.JCacheCache",
            "org.springframework.cache.support.NoOpCache"
        }) {
            type(type).weave(method("get", KEY, LOADER).advice(Advices.TIMED).probe(loading));
        }
    }

    private void values(String type) {
        type(type)
                .weave(
                        method("get", KEY).advice(Advices.TIMED).probe(found),
                        method("get", KEY, "java.lang.Class")
                                .advice(Advices.TIMED)
                                .probe(found));
    }

    /** The cache is the first argument. */
    static final class OfArgument {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook, @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object cache) {
            return HeadroomBridge.live.enter(hook, cache, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object value,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, value, thrown);
            }
        }
    }
}
