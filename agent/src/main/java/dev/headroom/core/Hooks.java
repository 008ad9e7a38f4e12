package dev.headroom.core;

import dev.headroom.core.config.ConfigSource;
import dev.headroom.core.config.Options;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.httpclient.JdkClientHook;
import dev.headroom.core.hook.httpclient.UrlConnectionHook;
import dev.headroom.core.hook.httpserver.SpringRouteHook;
import dev.headroom.core.hook.httpserver.TomcatHook;
import dev.headroom.core.hook.jdbc.JdbcHook;
import dev.headroom.core.hook.pool.HikariHook;
import dev.headroom.core.hook.redis.JedisHook;
import dev.headroom.core.hook.redis.LettuceHook;
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Recorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The list of instrumented libraries, one line each. */
final class Hooks {
    private Hooks() {}

    /** Every hook, in the order of the README; none depends on another. */
    private static final List<Function<Recorder, Hook>> MAKERS = Arrays.asList(
            JdbcHook::new,
            HikariHook::new,
            JedisHook::new,
            LettuceHook::new,
            TomcatHook::new,
            recorder -> new SpringRouteHook(),
            JdkClientHook::new,
            UrlConnectionHook::new);

    /**
     * Makes every hook. One that cannot be made, for instance because the JVM lacks module java.sql, is reported and left out;
     * the rest go on.
     */
    static List<Hook> all(Recorder recorder, BiConsumer<String, Throwable> trouble) {
        return made(MAKERS, recorder, trouble);
    }

    static List<Hook> made(
            List<Function<Recorder, Hook>> makers, Recorder recorder, BiConsumer<String, Throwable> trouble) {
        List<Hook> hooks = new ArrayList<>();
        for (Function<Recorder, Hook> maker : makers) {
            try {
                hooks.add(maker.apply(recorder));
            } catch (RuntimeException | LinkageError failure) {
                trouble.accept("a hook could not be made, its library runs unmeasured", failure);
            }
        }
        return hooks;
    }

    /** Those not switched off. */
    static List<Hook> enabled(Recorder recorder, ConfigSource config, AgentLog log) {
        Set<String> disabled = config.get(Options.HOOKS_DISABLED);
        List<String> names = new ArrayList<>();
        List<Hook> enabled = new ArrayList<>();
        for (Hook hook : all(recorder, log::warn)) {
            names.add(hook.name());
            if (!disabled.contains(hook.name())) {
                enabled.add(hook);
            }
        }
        for (String name : disabled) {
            if (!names.contains(name)) {
                log.info(config.origin(Options.HOOKS_DISABLED) + " names \"" + name + "\", expected some of " + names
                        + "; ignored");
            }
        }
        return enabled;
    }
}
