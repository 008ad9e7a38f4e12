package dev.headroom.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fills a store with the hours before: windows of ten minutes, as an agent sends that could not reach the dashboard for long, of
 * {@value #JVMS} JVMs a service, through the same door as all others and as fast as it opens. As many series as the real fleet has at the level of services; fewer at the level of instances.
 */
final class History {
    private static final int JVMS = 2;
    private static final int SENDERS = 16;
    private static final long TEN_MINUTES = 600_000;

    private History() {}

    /** Returns how many windows of each service were sent. */
    static long fill(int port, Fleet fleet, CapacityOptions options) throws Exception {
        long to = System.currentTimeMillis() / TEN_MINUTES * TEN_MINUTES;
        long from = to - options.history().toMillis();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < options.services() * JVMS; i++) {
            SimulatedJvm jvm = new SimulatedJvm(port, fleet.template(i), TEN_MINUTES, new FleetFigures());
            sent.add(senders.submit(() -> {
                jvm.sendHistory(from, to, TEN_MINUTES);
                return null;
            }));
        }
        senders.shutdown();
        int done = 0;
        for (Future<?> one : sent) {
            one.get();
            if (++done % 10 == 0) {
                System.out.printf("  history: %d of %d JVMs%n", done, sent.size());
            }
        }
        return JVMS * options.history().toMinutes() / 10;
    }
}
