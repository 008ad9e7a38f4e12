package dev.headroom.core;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import java.util.List;

/** Lets tests elsewhere walk every hook. */
public final class HookNames {
    private HookNames() {}

    public static List<String> all() {
        return Hooks.all(new Recorder(Clock.SYSTEM, 1), (message, failure) -> {
                    throw new AssertionError(message, failure);
                })
                .stream()
                .map(Hook::name)
                .toList();
    }
}
