package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import io.valkey.CommandArguments;
import io.valkey.args.Rawable;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Times commands of valkey-java, which is Jedis 5 under names of its own, from the first byte sent to the reply read. */
public final class ValkeyHook extends Hook {
    private static final String ARGUMENTS = "io.valkey.CommandArguments";
    private static final String RAWABLE = "io.valkey.args.Rawable";
    private static final String OBJECT = "io.valkey.CommandObject";

    public ValkeyHook(Recorder recorder) {
        super("valkey", "io.valkey:valkey-java", "5.5");
        RedisCalls calls = new RedisCalls(recorder);
        recorder.switches().whenOff(name(), new Runnable() {
            @Override
            public void run() {
                calls.forgetAll();
            }
        });
        type("io.valkey.Connection")
                .weave(
                        method("sendCommand", ARGUMENTS)
                                .needs(ARGUMENTS, "iterator")
                                .needs(ARGUMENTS, "args")
                                .needs(RAWABLE, "getRaw")
                                .advice(nested("Sending"))
                                .probe(calls.sent),
                        method("readProtocolWithCheckingBroken")
                                .advice(Advices.TIMED)
                                .probe(calls.reply),
                        method("disconnect").advice(Advices.CALLED).probe(calls.forget));
        type(ARGUMENTS)
                .weave(method("iterator")
                        .needs(ARGUMENTS, "args")
                        .needs(RAWABLE, "getRaw")
                        .advice(nested("Reading"))
                        .probe(calls.words));
        type("io.valkey.executors.ClusterCommandExecutor")
                .weave(
                        method("executeCommand", OBJECT).advice(Advices.TIMED).probe(calls.redirecting),
                        method("executeCommandToReplica", OBJECT)
                                .advice(Advices.TIMED)
                                .probe(calls.redirecting));
    }

    /** The words are taken while they are sent; it did not come to that when connecting failed. */
    static final class Sending {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook, @Advice.This Object connection, @Advice.Argument(0) CommandArguments words) {
            return HeadroomBridge.live.enter(hook, connection, words, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object sending,
                @Advice.Argument(0) CommandArguments words,
                @Advice.Thrown Throwable thrown) {
            if (sending != null) {
                if (thrown != null) {
                    Object ignored = words.iterator();
                }
                HeadroomBridge.live.exit(hook, sending, null, thrown);
            }
        }
    }

    /** One by one for as long as the probe asks for more. */
    static final class Reading {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.This Object holder, @Advice.FieldValue("args") List<Rawable> words) {
            Object asking = HeadroomBridge.live.enter(hook, holder, null, null);
            for (int i = 0; asking != null && i < words.size(); i++) {
                asking = HeadroomBridge.live.enter(hook, asking, words.get(i).getRaw(), null);
            }
        }
    }
}
