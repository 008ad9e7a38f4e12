package dev.headroom.core.hook;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The advice for methods that return one of Reactor's publishers: if the probe answers with a {@link Watch}, the method returns the
 * same publisher with Reactor's own operators around it. Inlined into library methods, never loaded by the agent.
 */
public final class WatchAdvice {
    /** Enter with {@code this} and the publisher; exit with the watch and what it is to listen to. */
    public static final String WATCHED = "dev.headroom.core.hook.WatchAdvice$Watched";

    private WatchAdvice() {}

    /** What {@link #WATCHED} needs of Reactor. */
    public static JoinPoint watched(JoinPoint method) {
        return method.needs("reactor.core.publisher.Flux", "using")
                .needs("reactor.core.publisher.Mono", "using")
                .needs("reactor.core.publisher.Flux", "doOnEach")
                .advice(WATCHED);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the watch does not look at what is published
    static final class Watched {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object publisher) {
            if (publisher instanceof Flux) {
                Object watch = HeadroomBridge.live.enter(hook, self, publisher, null);
                if (watch != null) {
                    HeadroomBridge.live.exit(hook, watch, ((Flux) publisher).doOnEach((Consumer) watch), null);
                    publisher = Flux.using((Callable) watch, (Function) watch, (Consumer) watch, true);
                }
            } else if (publisher instanceof Mono) {
                Object watch = HeadroomBridge.live.enter(hook, self, publisher, null);
                if (watch != null) {
                    HeadroomBridge.live.exit(hook, watch, ((Mono) publisher).doOnEach((Consumer) watch), null);
                    publisher = Mono.using((Callable) watch, (Function) watch, (Consumer) watch, true);
                }
            }
        }
    }
}
