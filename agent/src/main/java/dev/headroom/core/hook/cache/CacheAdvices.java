package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.HookId;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** The advice shapes that caches share; inlined, never loaded by the agent. */
final class CacheAdvices {
    /** Enter with what the method returned. */
    static final String BUILT = "dev.headroom.core.hook.cache.CacheAdvices$Built";

    /** Enter with the second argument and the first: a cache and its name. */
    static final String NAMED = "dev.headroom.core.hook.cache.CacheAdvices$Named";

    /** Mark with how many lookups hit, or missed. */
    static final String LOOKED = "dev.headroom.core.hook.cache.CacheAdvices$Looked";

    private CacheAdvices() {}

    static final class Built {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object cache) {
            HeadroomBridge.live.enter(hook, cache, null, null);
        }
    }

    static final class Looked {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object counter, @Advice.Argument(0) int lookups) {
            HeadroomBridge.live.mark(hook, counter, lookups);
        }
    }

    static final class Named {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Argument(0) String name,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object cache) {
            HeadroomBridge.live.enter(hook, cache, name, null);
        }
    }
}
