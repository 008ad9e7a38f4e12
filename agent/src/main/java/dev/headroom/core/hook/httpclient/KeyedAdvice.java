package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.HookId;
import net.bytebuddy.asm.Advice;

/** The advice of clients in which one object stands for a call. Inlined into library methods, never loaded by the agent. */
final class KeyedAdvice {
    /** Exit with {@code this} as token and the first argument, a throwable, as failure; at the beginning of the method. */
    static final String FAILED = "dev.headroom.core.hook.httpclient.KeyedAdvice$Failed";

    private KeyedAdvice() {}

    static final class Failed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.Argument(0) Throwable failure) {
            HeadroomBridge.live.exit(hook, self, null, failure);
        }
    }
}
