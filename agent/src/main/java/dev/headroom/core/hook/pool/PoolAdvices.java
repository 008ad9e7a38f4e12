package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.HookId;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** The advice shapes that pools share; inlined, never loaded by the agent. */
final class PoolAdvices {
    /** Enter with {@code this} and the first argument, nothing to end. */
    static final String ENTRY = "dev.headroom.core.hook.pool.PoolAdvices$Entry";

    /** Enter with {@code this}, exit with the exception alone: the result is no entry. */
    static final String LENT = "dev.headroom.core.hook.pool.PoolAdvices$Lent";

    /** Enter with what the method returned. */
    static final String CHOSEN = "dev.headroom.core.hook.pool.PoolAdvices$Chosen";

    private PoolAdvices() {}

    static final class Chosen {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object entry) {
            HeadroomBridge.live.enter(hook, entry, null, null);
        }
    }

    static final class Entry {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object entry) {
            HeadroomBridge.live.enter(hook, self, entry, null);
        }
    }

    static final class Lent {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object self) {
            return HeadroomBridge.live.enter(hook, self, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }
}
