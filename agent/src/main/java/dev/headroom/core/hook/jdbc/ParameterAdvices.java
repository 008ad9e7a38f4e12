package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.HookId;
import net.bytebuddy.asm.Advice;

/**
 * Whole numbers set as parameters of prepared statements: how many rows a query skips may be one of them. Index and value go over the
 * bridge as one number, so that nothing is boxed.
 */
final class ParameterAdvices {
    static final String NUMBER = "dev.headroom.core.hook.jdbc.ParameterAdvices$NumberSet";
    static final String OBJECT = "dev.headroom.core.hook.jdbc.ParameterAdvices$ObjectSet";

    private ParameterAdvices() {}

    static final class NumberSet {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.Argument(0) int index,
                @Advice.Argument(1) long value) {
            HeadroomBridge.live.mark(
                    hook, self, (long) index << JdbcProbes.Parameter.VALUE_BITS | (value & 0xFF_FFFF_FFFFL));
        }
    }

    static final class ObjectSet {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.Argument(0) int index,
                @Advice.Argument(1) Object value) {
            if (value instanceof Integer || value instanceof Long) {
                HeadroomBridge.live.mark(
                        hook,
                        self,
                        (long) index << JdbcProbes.Parameter.VALUE_BITS
                                | (((Number) value).longValue() & 0xFF_FFFF_FFFFL));
            }
        }
    }
}
