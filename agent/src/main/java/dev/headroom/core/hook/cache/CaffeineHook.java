package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * Caffeine: every cache built is made to keep its own statistics, as {@code recordStats()} would, and is asked for them once per
 * window; whether the lookups of a request hit, its account is told by what counts them. The builder itself stays as the application left it: only its answers to the library's factories change.
 */
public final class CaffeineHook extends Hook {
    private static final String NAME = "caffeine";
    private static final String BUILDER = "com.github.benmanes.caffeine.cache.Caffeine";
    private static final String COUNTER = "com.github.benmanes.caffeine.cache.stats.ConcurrentStatsCounter";
    private static final String ADAPTER = "org.springframework.cache.caffeine.CaffeineCache";

    public CaffeineHook(Recorder recorder) {
        super(NAME, "com.github.ben-manes.caffeine:caffeine", "2.0 to 3.2");
        MeasuredCaches caches = new MeasuredCaches(NAME, recorder);
        StatisticsProbes.Asked asked = new StatisticsProbes.Asked(caches);
        StatisticsProbes.Built built = new StatisticsProbes.Built(caches);
        type(BUILDER)
                .weave(
                        method("isRecordingStats")
                                .needs(BUILDER, "getStatsCounterSupplier")
                                .needs(BUILDER, "ENABLED_STATS_COUNTER_SUPPLIER")
                                .advice(nested("Recording"))
                                .probe(asked),
                        method("getStatsCounterSupplier")
                                .needs(BUILDER, "isRecordingStats")
                                .needs(BUILDER, "statsCounterSupplier")
                                .needs(BUILDER, "ENABLED_STATS_COUNTER_SUPPLIER")
                                .advice(nested("Counting"))
                                .probe(asked),
                        anyMethod("build").advice(CacheAdvices.BUILT).probe(built),
                        anyMethod("buildAsync").advice(CacheAdvices.BUILT).probe(built));
        type(COUNTER)
                .weave(
                        method("recordHits", "int")
                                .advice(CacheAdvices.LOOKED)
                                .probe(new StatisticsProbes.Looked(true)),
                        method("recordMisses", "int")
                                .advice(CacheAdvices.LOOKED)
                                .probe(new StatisticsProbes.Looked(false)));
        StatisticsProbes.Named named = new StatisticsProbes.Named(caches);
        type(ADAPTER)
                .weave(
                        method("<init>", "java.lang.String", "com.github.benmanes.caffeine.cache.Cache", "boolean")
                                .advice(CacheAdvices.NAMED)
                                .probe(named),
                        method("<init>", "java.lang.String", "com.github.benmanes.caffeine.cache.AsyncCache", "boolean")
                                .advice(CacheAdvices.NAMED)
                                .probe(named));
    }

    static final class Recording {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook, @Advice.This Object builder, @Advice.Return(readOnly = false) boolean recording) {
            if (!recording && HeadroomBridge.live.enter(hook, builder, null, null) != null) {
                recording = true;
            }
        }
    }

    static final class Counting {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object builder,
                @Advice.FieldValue(value = "statsCounterSupplier", typing = Assigner.Typing.DYNAMIC) Object own,
                @Advice.FieldValue(value = "ENABLED_STATS_COUNTER_SUPPLIER", typing = Assigner.Typing.DYNAMIC)
                        Object counting,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object supplier) {
            if (own == null && HeadroomBridge.live.enter(hook, builder, null, null) != null) {
                supplier = counting;
            }
        }
    }
}
