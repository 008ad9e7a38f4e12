package dev.headroom.dashboard.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a sender delivered, run by run: windows that follow each other without a hole and came alike are one span, so
 * a healthy JVM is one span however long it lives. What lies between two spans never came. Kept with the sender's cursor, in the
 * transaction that stores the batch. Immutable and thread-safe.
 *
 * @param batches stored
 * @param windows in them, before the sender merged some: {@code windows - batches} were merged into another
 * @param lateBatches that came later than {@link #LATE_MILLIS} after their end, or merged
 * @param intervalMillis usual length of the sender's windows; 0 when it never told
 * @param ended whether the newest batch took leave
 * @param lastArrivalMillis by the dashboard's clock
 * @param clock the sender's clock against the dashboard's
 * @param spans oldest first, never overlapping
 */
public record Delivered(
        long batches,
        long windows,
        long lateBatches,
        long intervalMillis,
        boolean ended,
        long lastArrivalMillis,
        ClockOffset clock,
        List<Span> spans) {
    /** A window that waited longer before it was sent is late: three usual windows and a pause between attempts. */
    public static final long LATE_MILLIS = 30_000;

    /** A sender with more runs than this is out of order for long; its oldest runs become one that counts as the worst of them. */
    public static final int MAX_SPANS = 256;

    public static final Delivered NOTHING = new Delivered(0, 0, 0, 0, false, 0, ClockOffset.UNKNOWN, List.of());

    /** How the windows of a span came; the later the worse. */
    public enum Arrival {
        IN_TIME,
        /** Late, or with several windows merged into one: the counts are right, the time is coarse. */
        LATE,
        /** Something within is missing; only of spans that stand for several. */
        MISSING
    }

    /** The time {@code (fromMillis, toMillis]} of the sender's clock. */
    public record Span(long fromMillis, long toMillis, Arrival arrival) {
        private Span upTo(long millis) {
            return new Span(fromMillis, millis, arrival);
        }

        /** Both and what lies between. */
        private Span with(Span later) {
            Arrival worst = arrival.compareTo(later.arrival) > 0 ? arrival : later.arrival;
            return new Span(fromMillis, later.toMillis, later.fromMillis > toMillis ? Arrival.MISSING : worst);
        }
    }

    /** This and one more stored batch of the sender. */
    public Delivered plus(Instant start, Instant end, Delivery delivery) {
        long told = delivery.interval().toMillis();
        long usual = told > 0 ? told : intervalMillis;
        boolean merged = delivery.windows() > 1;
        boolean late = merged || delivery.waited(end).toMillis() > LATE_MILLIS;
        return new Delivered(
                batches + 1,
                windows + Math.max(1, delivery.windows()),
                lateBatches + (late ? 1 : 0),
                usual,
                delivery.last(),
                delivery.arrived().toEpochMilli(),
                clock.plus(delivery),
                plus(new Span(start.toEpochMilli(), end.toEpochMilli(), late ? Arrival.LATE : Arrival.IN_TIME)));
    }

    private List<Span> plus(Span window) {
        if (window.fromMillis >= window.toMillis) {
            return spans;
        }
        List<Span> all = new ArrayList<>(spans);
        Span newest = all.isEmpty() ? null : all.get(all.size() - 1);
        if (newest == null) {
            all.add(window);
        } else if (window.fromMillis <= newest.toMillis && window.arrival == newest.arrival) {
            all.set(all.size() - 1, newest.upTo(Math.max(newest.toMillis, window.toMillis)));
        } else if (window.toMillis > newest.toMillis) {
            // A clock that was set back makes windows overlap; time that was covered before stays as it was.
            all.add(new Span(Math.max(window.fromMillis, newest.toMillis), window.toMillis, window.arrival));
        }
        while (all.size() > MAX_SPANS) {
            all.set(1, all.get(0).with(all.get(1)));
            all.remove(0);
        }
        return List.copyOf(all);
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** Where the first window began. */
    public Instant begin() {
        return Instant.ofEpochMilli(spans.isEmpty() ? 0 : spans.get(0).fromMillis);
    }

    /** Where the newest window ended. */
    public Instant end() {
        return Instant.ofEpochMilli(spans.isEmpty() ? 0 : spans.get(spans.size() - 1).toMillis);
    }

    /** Windows that the sender merged into another before it sent them. */
    public long merged() {
        return windows - batches;
    }

    /** Time without any window between the first and the newest. */
    public Duration holes() {
        long millis = 0;
        for (int i = 1; i < spans.size(); i++) {
            millis += spans.get(i).fromMillis - spans.get(i - 1).toMillis;
        }
        return Duration.ofMillis(millis);
    }
}
