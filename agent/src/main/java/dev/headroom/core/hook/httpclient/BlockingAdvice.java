package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.HookId;
import net.bytebuddy.asm.Advice;

/** The advice of clients whose bodies are read later. Inlined into library methods; named by the constants, never loaded by the agent. */
final class BlockingAdvice {
    /** Marks {@code this} at the normal end of a constructor or method. */
    static final String MADE = "dev.headroom.core.hook.httpclient.BlockingAdvice$Made";

    /** Marks {@code this} at the beginning. */
    static final String TOLD = "dev.headroom.core.hook.httpclient.BlockingAdvice$Told";

    /** Exit with {@code this} as token when the method throws; nothing otherwise, since it may run for every byte. */
    static final String FAILED = "dev.headroom.core.hook.httpclient.BlockingAdvice$Failed";

    private BlockingAdvice() {}

    static final class Made {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object self) {
            HeadroomBridge.live.mark(hook, self, 1);
        }
    }

    static final class Told {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self) {
            HeadroomBridge.live.mark(hook, self, 1);
        }
    }

    static final class Failed {
        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object self, @Advice.Thrown Throwable thrown) {
            if (thrown != null) {
                HeadroomBridge.live.exit(hook, self, null, thrown);
            }
        }
    }
}
