package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Guava's cache: every one built is made to keep its own statistics, as {@code recordStats()} would, and is asked for them once per
 * window; whether the lookups of a request hit, its account is told by what counts them. The builder itself stays as the application left it.
 */
public final class GuavaHook extends Hook {
    private static final String NAME = "guava";
    private static final String BUILDER = "com.google.common.cache.CacheBuilder";
    private static final String COUNTER = "com.google.common.cache.AbstractCache$SimpleStatsCounter";

    public GuavaHook(Recorder recorder) {
        super(NAME, "com.google.guava:guava", "18 to 33");
        MeasuredCaches caches = new MeasuredCaches(NAME, recorder);
        type(BUILDER)
                .weave(
                        method("getStatsCounterSupplier")
                                .needs(BUILDER, "NULL_STATS_COUNTER")
                                .needs(BUILDER, "CACHE_STATS_COUNTER")
                                .advice(nested("Counting"))
                                .probe(new StatisticsProbes.Asked(caches)),
                        anyMethod("build").advice(CacheAdvices.BUILT).probe(new StatisticsProbes.Built(caches)));
        type(COUNTER)
                .weave(
                        method("recordHits", "int")
                                .advice(CacheAdvices.LOOKED)
                                .probe(new StatisticsProbes.Looked(true)),
                        method("recordMisses", "int")
                                .advice(CacheAdvices.LOOKED)
                                .probe(new StatisticsProbes.Looked(false)));
        type("org.springframework.cache.guava.GuavaCache")
                .weave(method("<init>", "java.lang.String", "com.google.common.cache.Cache", "boolean")
                        .advice(CacheAdvices.NAMED)
                        .probe(new StatisticsProbes.Named(caches)));
    }

    static final class Counting {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object builder,
                @Advice.FieldValue(value = "NULL_STATS_COUNTER", typing = Assigner.Typing.DYNAMIC) Object silent,
                @Advice.FieldValue(value = "CACHE_STATS_COUNTER", typing = Assigner.Typing.DYNAMIC) Object counting,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object supplier) {
            if (supplier == silent && HeadroomBridge.live.enter(hook, builder, null, null) != null) {
                supplier = counting;
            }
        }
    }
}
