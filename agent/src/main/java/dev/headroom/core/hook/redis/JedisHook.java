package dev.headroom.core.hook.redis;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import java.util.List;
import net.bytebuddy.asm.Advice;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.commands.ProtocolCommand;

/** Times a Redis command from the first byte sent to the reply read. */
public final class JedisHook extends Hook {
    private static final String CONNECTION = "redis.clients.jedis.Connection";
    private static final String ARGUMENTS = "redis.clients.jedis.CommandArguments";
    private static final String OBJECT = "redis.clients.jedis.CommandObject";
    private static final String PROTOCOL_COMMAND = "redis.clients.jedis.commands.ProtocolCommand";

    public JedisHook(Recorder recorder) {
        super("jedis", "redis.clients:jedis", "2.9 to 8");
        RedisCalls calls = new RedisCalls(recorder);
        recorder.switches().whenOff(name(), new Runnable() {
            @Override
            public void run() {
                calls.forgetAll();
            }
        });
        type(CONNECTION)
                .firstOf(
                        // 4 and later: every overload ends here
                        method("sendCommand", ARGUMENTS)
                                .needs(ARGUMENTS, "iterator")
                                .needs(ARGUMENTS, "args")
                                .needs("redis.clients.jedis.args.Rawable", "getRaw")
                                .advice(nested("SendArguments"))
                                .probe(calls.sent),
                        // 3
                        method("sendCommand", PROTOCOL_COMMAND, "byte[][]")
                                .needs(PROTOCOL_COMMAND, "getRaw")
                                .advice(nested("SendBytes"))
                                .probe(calls.sent),
                        // 2
                        method("sendCommand", "redis.clients.jedis.Protocol$Command", "byte[][]")
                                .advice(nested("SendEnum"))
                                .probe(calls.sent))
                .weave(
                        method("readProtocolWithCheckingBroken")
                                .advice(Advices.TIMED)
                                .probe(calls.reply),
                        method("disconnect").advice(Advices.CALLED).probe(calls.forget));
        type(ARGUMENTS)
                .weave(method("iterator")
                        .needs(ARGUMENTS, "args")
                        .needs("redis.clients.jedis.args.Rawable", "getRaw")
                        .advice(nested("Words"))
                        .probe(calls.words));
        type("redis.clients.jedis.csc.CacheConnection")
                .weave(method("executeCommand", OBJECT)
                        .needs(OBJECT, "getArguments")
                        .needs(ARGUMENTS, "iterator")
                        .advice(nested("Cached"))
                        .probe(calls.cached));
        cluster(calls);
    }

    /** Calls within which a redirection is followed. */
    private void cluster(RedisCalls calls) {
        type("redis.clients.jedis.executors.ClusterCommandExecutor")
                .weave(
                        method("executeCommand", OBJECT).advice(Advices.TIMED).probe(calls.redirecting),
                        method("executeCommandToReplica", OBJECT)
                                .advice(Advices.TIMED)
                                .probe(calls.redirecting));
        // 2 and 3
        type("redis.clients.jedis.JedisClusterCommand")
                .weave(
                        method("run", "java.lang.String").advice(Advices.TIMED).probe(calls.redirecting),
                        method("run", "int", "java.lang.String[]")
                                .advice(Advices.TIMED)
                                .probe(calls.redirecting),
                        method("runBinary", "byte[]").advice(Advices.TIMED).probe(calls.redirecting),
                        method("runBinary", "int", "byte[][]")
                                .advice(Advices.TIMED)
                                .probe(calls.redirecting));
    }

    /** The words are taken while Jedis itself reads them; it did not come to that when connecting failed. */
    static final class SendArguments {
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

    /** The command, then its arguments one by one for as long as the probe asks for more; an iterator would be garbage. */
    static final class Words {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.This Object holder, @Advice.FieldValue("args") List<Rawable> words) {
            Object asking = HeadroomBridge.live.enter(hook, holder, null, null);
            for (int i = 0; asking != null && i < words.size(); i++) {
                asking = HeadroomBridge.live.enter(hook, asking, words.get(i).getRaw(), null);
            }
        }
    }

    /** What was answered without anything being sent came from the client's own cache; the words tell of what. */
    static final class Cached {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(@HookId int hook, @Advice.This Object connection) {
            return HeadroomBridge.live.enter(hook, connection, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object asked,
                @Advice.Argument(0) CommandObject<?> command,
                @Advice.Return Object result,
                @Advice.Thrown Throwable thrown) {
            if (asked != null && thrown == null) {
                Object local = HeadroomBridge.live.enter(hook, asked, asked, null);
                if (local != null) {
                    Object ignored = command.getArguments().iterator();
                    HeadroomBridge.live.exit(hook, local, result, null);
                }
            }
        }
    }

    static final class SendBytes {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.Argument(0) ProtocolCommand command,
                @Advice.Argument(1) byte[][] words) {
            return HeadroomBridge.live.enter(hook, connection, command.getRaw(), words);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object sending, @Advice.Thrown Throwable thrown) {
            if (sending != null) {
                HeadroomBridge.live.exit(hook, sending, null, thrown);
            }
        }
    }

    /** In 2 the command is an enum, a JDK type. */
    static final class SendEnum {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.Argument(0) Enum<?> command,
                @Advice.Argument(1) byte[][] words) {
            return HeadroomBridge.live.enter(hook, connection, command.name(), words);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object sending, @Advice.Thrown Throwable thrown) {
            if (sending != null) {
                HeadroomBridge.live.exit(hook, sending, null, thrown);
            }
        }
    }
}
