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
import dev.headroom.core.log.AgentLog;
import dev.headroom.core.record.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The list of instrumented libraries, one line each. */
final class Hooks {
    private Hooks() {}

    /** Every hook, in the order of the README; none depends on another. */
    static List<Hook> all(Recorder recorder) {
        List<Hook> hooks = new ArrayList<>();
        hooks.add(new JdbcHook(recorder));
        hooks.add(new HikariHook(recorder));
        hooks.add(new JedisHook(recorder));
        hooks.add(new TomcatHook(recorder));
        hooks.add(new SpringRouteHook());
        hooks.add(new JdkClientHook(recorder));
        hooks.add(new UrlConnectionHook(recorder));
        return hooks;
    }

    /** Those not switched off. */
    static List<Hook> enabled(Recorder recorder, ConfigSource config, AgentLog log) {
        Set<String> disabled = config.get(Options.HOOKS_DISABLED);
        List<String> names = new ArrayList<>();
        List<Hook> enabled = new ArrayList<>();
        for (Hook hook : all(recorder)) {
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
