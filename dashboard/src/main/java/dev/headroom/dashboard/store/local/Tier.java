package dev.headroom.dashboard.store.local;

import java.time.Duration;
import java.time.Instant;

/**
 * How detailed a part of the store is, finest last to go. Every tier keeps its rows in files of one period each, so that what is too
 * old leaves by deleting a file.
 */
public enum Tier {
    /** Batches as received; the period is that of their arrival. */
    RAW("raw", true, Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofHours(2)),
    S10("service-10s", false, Duration.ofSeconds(10), Duration.ofHours(6), Duration.ofHours(24)),
    I60("instance-1m", true, Duration.ofMinutes(1), Duration.ofHours(6), Duration.ofHours(48)),
    S60("service-1m", false, Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofDays(7)),
    I600("instance-10m", true, Duration.ofMinutes(10), Duration.ofDays(1), Duration.ofDays(7)),
    S600("service-10m", false, Duration.ofMinutes(10), Duration.ofDays(10), Duration.ofDays(30));

    private final String title;
    private final boolean perInstance;
    private final Duration cell;
    private final Duration period;
    private final Duration keep;

    Tier(String title, boolean perInstance, Duration cell, Duration period, Duration keep) {
        this.title = title;
        this.perInstance = perInstance;
        this.cell = cell;
        this.period = period;
        this.keep = keep;
    }

    /** As in file names, settings and on screen. */
    public String title() {
        return title;
    }

    /** False when its rows are merged over the instances of a service. */
    public boolean perInstance() {
        return perInstance;
    }

    /** The time that one value stands for. */
    public Duration cell() {
        return cell;
    }

    /** The time that one file stands for. */
    public Duration period() {
        return period;
    }

    /** How long it is kept when nothing is set. */
    public Duration keep() {
        return keep;
    }

    /** Where the file begins that holds {@code time}. */
    Instant periodStart(Instant time) {
        long millis = period.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
    }
}
