package dev.headroom.demo.launcher;

import dev.headroom.demo.load.GuideMixes;
import dev.headroom.demo.load.LoadMix;
import dev.headroom.demo.load.LoadPlan;
import dev.headroom.demo.load.LoadRun;
import dev.headroom.demo.load.OpenLoad;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The load of the running demo: each service at a fixed rate, on the switched routes and on both twins; and the clinic's users,
 * who log in and wait between their requests.
 */
final class SystemsLoad implements AutoCloseable {
    private final Map<GuideSystem, OpenLoad> byTheClock = new EnumMap<>(GuideSystem.class);
    private final @Nullable LoadRun users;

    private SystemsLoad(@Nullable LoadRun users) {
        this.users = users;
    }

    static SystemsLoad start(List<RunningSystem> systems, DemoOptions options) {
        LoadRun users = null;
        for (RunningSystem system : systems) {
            if (system.system() == GuideSystem.CLINIC && options.visitors() > 0) {
                LoadMix mix = GuideMixes.of(system.system().id(), "/api");
                users = LoadRun.start(system.address(), mix, LoadPlan.endless(options.visitors(), options.seed()));
            }
        }
        SystemsLoad load = new SystemsLoad(users);
        for (RunningSystem system : systems) {
            if (options.rate() > 0) {
                LoadMix mix = GuideMixes.ofAll(system.system().id());
                load.byTheClock.put(
                        system.system(), OpenLoad.start(system.address(), mix, options.rate(), options.seed()));
            }
        }
        return load;
    }

    long answered() {
        long answered = 0;
        for (GuideSystem system : GuideSystem.values()) {
            answered += answered(system);
        }
        return answered;
    }

    long answered(GuideSystem system) {
        OpenLoad load = byTheClock.get(system);
        return (load == null ? 0 : load.answered())
                + (system == GuideSystem.CLINIC && users != null
                        ? users.counts().answered()
                        : 0);
    }

    long failed(GuideSystem system) {
        OpenLoad load = byTheClock.get(system);
        return (load == null ? 0 : load.failed())
                + (system == GuideSystem.CLINIC && users != null
                        ? users.counts().failed()
                        : 0);
    }

    @Override
    public void close() {
        byTheClock.values().forEach(OpenLoad::close);
        if (users != null) {
            users.close();
        }
    }
}
