package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.RightOfWay;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every service's last day into memory before somebody looks at it, in the metrics that anybody has looked at, a service at a
 * time and again when half an hour has passed: the first page over a day is then as fast as the second. Leaves off when the memory for
 * it is nearly full; pages go first. Thread-safe.
 */
public final class ReadAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
    private static final Duration REACH = Duration.ofHours(24);
    /** Cells of ten minutes are written so long after their end at the latest. */
    private static final Duration SETTLED = Duration.ofMinutes(12);

    /** A page's day begins half an hour later from one moment on; until then every service's has been read. */
    private static final Duration LEAD = Duration.ofMinutes(5);

    private static final long PAUSE_MILLIS = 500;

    private final SqliteMetricStore store;
    private final RightOfWay way;
    private final InstantSource clock;
    private final Map<String, Done> done = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "headroom-read-ahead");

    private record Done(Instant begin, Instant end, Set<HalfHours.Wanted> metrics) {}

    public ReadAhead(SqliteMetricStore store, RightOfWay way, InstantSource clock) {
        this.store = store;
        this.way = way;
        this.clock = clock;
        thread.setDaemon(true);
    }

    public ReadAhead start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                way.giveWay();
                try {
                    boolean unused = next();
                } catch (RuntimeException failure) {
                    LOG.debug("Could not read ahead; pages read for themselves", failure);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads one service's day. False when there is nothing to read. */
    boolean next() {
        Set<HalfHours.Wanted> asked = store.halfHours().asked();
        if (asked.isEmpty() || store.halfHours().nearlyFull()) {
            return false;
        }
        // The stretch that a page over a day is made of, until half an hour is over.
        long now = clock.instant().toEpochMilli();
        long cell = Math.floorDiv(now + LEAD.toMillis() - REACH.toMillis(), Pending.TEN_MILLIS) * Pending.TEN_MILLIS;
        Instant begin = Instant.ofEpochMilli(-Math.floorDiv(-cell, HalfHours.MILLIS) * HalfHours.MILLIS);
        Instant end =
                Instant.ofEpochMilli(Math.floorDiv(now - SETTLED.toMillis(), HalfHours.MILLIS) * HalfHours.MILLIS);
        Done wanted = new Done(begin, end, asked);
        List<String> services = store.services();
        done.keySet().retainAll(services);
        for (String service : services) {
            if (!wanted.equals(done.put(service, wanted))) {
                read(service, new TimeRange(begin, end), asked);
                return true;
            }
        }
        return false;
    }

    private void read(String service, TimeRange day, Set<HalfHours.Wanted> asked) {
        Set<String> whole = new HashSet<>();
        Map<Set<String>, Set<String>> addedUp = new HashMap<>();
        for (HalfHours.Wanted one : asked) {
            Set<String> metrics =
                    one.by() == null ? whole : addedUp.computeIfAbsent(one.by(), absent -> new HashSet<>());
            metrics.add(one.metric());
        }
        if (!whole.isEmpty()) {
            store.readAhead(new Selection(service, whole, day, false));
        }
        addedUp.forEach((by, metrics) -> store.slices(
                new Selection(service, metrics, day, false).addedUpBy(by), Duration.ofMillis(HalfHours.MILLIS)));
    }

    /** Waits for the read that is under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
