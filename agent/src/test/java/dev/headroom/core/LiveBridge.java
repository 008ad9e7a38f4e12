package dev.headroom.core;

import dev.headroom.core.control.Switches;
import dev.headroom.core.weave.HookIndex;

/** Lets the harness put the real dispatcher behind the bridge. */
public final class LiveBridge implements AutoCloseable {
    private final Dispatcher dispatcher;
    private final HookIndex index;

    public LiveBridge(HookIndex index) {
        this(index, new Switches());
    }

    public LiveBridge(HookIndex index, Switches switches) {
        this.index = index;
        this.dispatcher = new Dispatcher(index.probes(), index::hookName, switches);
        dispatcher.open();
    }

    /** What probes threw, all hooks together. */
    public int failures() {
        return dispatcher.failuresByHook().values().stream()
                .mapToInt(Long::intValue)
                .sum();
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
