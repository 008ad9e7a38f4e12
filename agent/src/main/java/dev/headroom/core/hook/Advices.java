package dev.headroom.core.hook;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * The advice shapes that hooks share. Inlined into library methods: they read values and call the bridge, nothing else. Named by
 * the constants, never loaded by the agent.
 */
public final class Advices {
    /** Enter with {@code this}, exit with result and exception. */
    public static final String TIMED = "dev.headroom.core.hook.Advices$Timed";

    /** Enter with {@code this} and the first argument, exit with result and exception. */
    public static final String TIMED_ARGUMENT = "dev.headroom.core.hook.Advices$TimedArgument";

    /** Enter with {@code this} and the first two arguments, exit with result and exception. */
    public static final String TIMED_ARGUMENTS = "dev.headroom.core.hook.Advices$TimedArguments";

    /** Enter with the second argument in the place of {@code this}, exit with result and exception. */
    public static final String TIMED_SECOND = "dev.headroom.core.hook.Advices$TimedSecond";

    /** Enter with {@code this}, nothing to end. */
    public static final String CALLED = "dev.headroom.core.hook.Advices$Called";

    /** Exit with {@code this} as token and the result, when the method returned normally. */
    public static final String RETURNED = "dev.headroom.core.hook.Advices$Returned";

    private Advices() {}

    static final class Timed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This(optional = true) Object self) {
            return HeadroomBridge.live.enter(hook, self, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, result, thrown);
            }
        }
    }

    static final class TimedArgument {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This(optional = true) Object self,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object argument) {
            return HeadroomBridge.live.enter(hook, self, argument, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, result, thrown);
            }
        }
    }

    static final class TimedArguments {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This(optional = true) Object self,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object first,
                @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object second) {
            return HeadroomBridge.live.enter(hook, self, first, second);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, result, thrown);
            }
        }
    }

    static final class TimedSecond {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook, @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object second) {
            return HeadroomBridge.live.enter(hook, second, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, result, thrown);
            }
        }
    }

    static final class Called {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This(optional = true) Object self) {
            HeadroomBridge.live.enter(hook, self, null, null);
        }
    }

    static final class Returned {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result) {
            HeadroomBridge.live.exit(hook, self, result, null);
        }
    }
}
