package dev.headroom.capacity;

import java.util.ArrayList;
import java.util.List;

/** JVMs of several services that report at the same time, a thread and a connection each. */
final class Fleet {
    private static final int VARIANTS = 4;

    private final int port;
    private final long intervalMillis;
    private final List<List<WindowTemplate>> templates = new ArrayList<>();
    private final List<SimulatedJvm> jvms = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    final FleetFigures figures = new FleetFigures();

    Fleet(int port, CapacityOptions options) {
        this.port = port;
        this.intervalMillis = options.interval().toMillis();
        for (int service = 0; service < options.services(); service++) {
            List<WindowTemplate> variants = new ArrayList<>();
            for (int variant = 0; variant < VARIANTS; variant++) {
                variants.add(new WindowTemplate(
                        name(service), SeriesMix.points(service, options.series(), service * 100L + variant)));
            }
            templates.add(variants);
        }
    }

    static String name(int service) {
        return "service-" + service;
    }

    /** More JVMs, until there are as many. */
    void growTo(int count) {
        while (jvms.size() < count) {
            SimulatedJvm jvm = new SimulatedJvm(port, template(jvms.size()), intervalMillis, figures);
            Thread thread = new Thread(jvm, "jvm-" + jvms.size());
            jvms.add(jvm);
            threads.add(thread);
            thread.start();
        }
    }

    int size() {
        return jvms.size();
    }

    /** What the JVM of this number sends; JVMs are dealt out to the services one after another. */
    WindowTemplate template(int jvm) {
        List<WindowTemplate> variants = templates.get(jvm % templates.size());
        return variants.get(jvm / templates.size() % VARIANTS);
    }

    /** Windows of the service that were acknowledged. */
    long acknowledged(int service) {
        long windows = 0;
        for (int i = service; i < jvms.size(); i += templates.size()) {
            windows += jvms.get(i).acknowledged();
        }
        return windows;
    }

    /** The last windows are those that end now; returns when all are acknowledged, or after the limit with false. */
    boolean finish(long limitMillis) throws InterruptedException {
        long now = System.currentTimeMillis();
        jvms.forEach(jvm -> jvm.endAt(now));
        long end = now + limitMillis;
        boolean all = true;
        for (Thread thread : threads) {
            thread.join(Math.max(1, end - System.currentTimeMillis()));
            all &= !thread.isAlive();
        }
        threads.forEach(Thread::interrupt);
        return all;
    }
}
