package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is stored as raw rows and not in the tiers yet. The truth for readers: what stands here is read from here or from the raw
 * rows, and the tiers' rows of the same part are skipped; everything else is in the tiers already. So each row counts exactly once at
 * every moment, also while a roller replaces rows or after it was interrupted.
 *
 * <p>A part is known by the raw rows that it is made of: those of one service that end in one minute, in one raw file, from one row
 * on. Merged over instances it is held in memory as a head, so that reading the last minutes decodes nothing. Thread-safe.
 */
final class Pending {
    static final long MINUTE_MILLIS = 60_000;
    static final long TEN_MILLIS = 600_000;
    /** Cells that ended so long before the newest are packed. */
    private static final long SETTLED_MILLIS = 15_000;

    /**
     * Raw rows that are rolled up together.
     *
     * @param minute where the minute begins in which the rows' windows end
     * @param source number of the raw file
     * @param first id of the first row
     */
    record Part(long minute, long source, long first) {}

    /** Ten minutes of one source that stand in the tiers of minutes only. */
    record Ten(long start, long source) {}

    /** A part to roll up: the rows up to {@code last}. */
    record Due(String service, Part part, long last) {}

    record DueTen(String service, Ten ten) {}

    /** What the tiers do not hold of one service at one moment. Immutable. */
    record View(Set<Part> parts, Set<Long> minutes, Set<Ten> tens, List<Part> unread) {
        boolean holds(long minute, long source, long first) {
            return minutes.contains(minute) && parts.contains(new Part(minute, source, first));
        }
    }

    private record At(long minute, long source) {}

    /** A part as it grows. */
    private static final class Open {
        private final Part part;
        private final long firstArrival;
        private long lastArrival;
        private long last;
        /** Null when it does not hold every row: after a restart, or for want of memory. */
        private @Nullable Map<Interval, Cell> head;

        /** Memory that the head takes. */
        private long bytes;

        Open(Part part, long now, @Nullable Map<Interval, Cell> head) {
            this.part = part;
            this.firstArrival = now;
            this.lastArrival = now;
            this.head = head;
        }
    }

    private static final class Service {
        private final Object lock = new Object();
        private final Map<At, Open> parts = new HashMap<>();
        /** Where the newest window ends. */
        private long newest = Long.MIN_VALUE;
        /** With the time of the last change. */
        private final Map<Ten, Long> tens = new HashMap<>();
    }

    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** @param mostBytes memory for heads; parts beyond are read from their rows until they are rolled up */
    Pending(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Where the minute begins that a window counts in which ends at {@code end}. */
    static long minute(long end) {
        return Math.floorDiv(end - 1, MINUTE_MILLIS) * MINUTE_MILLIS;
    }

    /** Where the ten minutes begin that the minute is of. */
    static long ten(long minute) {
        return Math.floorDiv(minute, TEN_MILLIS) * TEN_MILLIS;
    }

    private Service of(String service) {
        return services.computeIfAbsent(service, absent -> new Service());
    }

    /** Found in a raw file when the store was opened. */
    void found(String service, Part part, long last, long now) {
        Service of = of(service);
        synchronized (of.lock) {
            Open open = new Open(part, now, null);
            open.last = last;
            of.parts.put(new At(part.minute, part.source), open);
        }
    }

    void foundTen(String service, Ten ten, long now) {
        Service of = of(service);
        synchronized (of.lock) {
            of.tens.put(ten, now);
        }
    }

    /** A committed row. Of the writing thread. */
    void stored(StoredRow row, long now) {
        Service of = of(row.service());
        synchronized (of.lock) {
            At at = new At(minute(row.end()), row.source());
            Open open = of.parts.get(at);
            if (open != null && open.part.first != row.first()) {
                // The raw file says that the earlier part is in the tiers; rolled() is about to be called for it.
                bytes.addAndGet(-open.bytes);
                open = null;
            }
            if (open == null) {
                boolean room = bytes.get() < mostBytes;
                open = new Open(new Part(at.minute, at.source, row.first()), now, room ? new HashMap<>() : null);
                of.parts.put(at, open);
            }
            open.last = row.id();
            open.lastArrival = now;
            if (open.head != null) {
                add(of, open, open.head, row);
                if (bytes.get() > mostBytes) {
                    bytes.addAndGet(-open.bytes);
                    open.bytes = 0;
                    open.head = null;
                }
            }
        }
    }

    private void add(Service service, Open open, Map<Interval, Cell> head, StoredRow row) {
        Interval interval = Interval.of(row.start(), row.end(), Grid.CELL_MILLIS);
        Cell cell = head.computeIfAbsent(interval, absent -> new Cell());
        int before = cell.bytes();
        List<Series> series = row.series();
        List<Value> points = row.values();
        for (int i = 0; i < points.size(); i++) {
            cell.add(series.get(i), row.instance(), points.get(i), row.end());
        }
        cell.count(1);
        grown(open, cell.bytes() - before);
        if (interval.end() > service.newest) {
            service.newest = interval.end();
            service.parts.values().forEach(part -> pack(part, interval.end() - SETTLED_MILLIS));
        }
    }

    private void pack(Open open, long upTo) {
        if (open.head == null) {
            return;
        }
        open.head.forEach((interval, cell) -> {
            if (interval.end() <= upTo && !cell.metrics().isEmpty()) {
                int before = cell.bytes();
                cell.pack(interval.end());
                grown(open, cell.bytes() - before);
            }
        });
    }

    private void grown(Open open, long more) {
        open.bytes += more;
        bytes.addAndGet(more);
    }

    /**
     * What is pending of the service now.
     *
     * @param heads given every cell of every head, before anybody can change one; null when rows are to be read
     */
    View view(String service, @Nullable BiConsumer<Interval, Cell> heads) {
        Service of = services.get(service);
        if (of == null) {
            return new View(Set.of(), Set.of(), Set.of(), List.of());
        }
        synchronized (of.lock) {
            Set<Part> parts = new HashSet<>();
            Set<Long> minutes = new HashSet<>();
            Set<Ten> tens = new HashSet<>(of.tens.keySet());
            List<Part> unread = new ArrayList<>();
            for (Open open : of.parts.values()) {
                parts.add(open.part);
                minutes.add(open.part.minute);
                tens.add(new Ten(ten(open.part.minute), open.part.source));
                if (heads == null || open.head == null) {
                    unread.add(open.part);
                } else {
                    open.head.forEach(heads);
                }
            }
            return new View(parts, minutes, tens, unread);
        }
    }

    /** A window of a head that the time lies inside of, grown by others that it touches there; or null. */
    @Nullable
    Interval cutAt(String service, long time) {
        Service of = services.get(service);
        if (of == null) {
            return null;
        }
        Interval cut = null;
        synchronized (of.lock) {
            for (Open open : of.parts.values()) {
                if (open.head == null || open.part.minute + MINUTE_MILLIS <= time) {
                    continue;
                }
                for (Interval interval : open.head.keySet()) {
                    if (interval.cutBy(time)) {
                        cut = interval.with(cut);
                    }
                }
            }
        }
        return cut;
    }

    /** Whether some part of the service can be read from its raw rows only. */
    boolean unread(String service) {
        Service of = services.get(service);
        if (of == null) {
            return false;
        }
        synchronized (of.lock) {
            for (Open open : of.parts.values()) {
                if (open.head == null) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Parts whose minute is over, or that have waited long enough, oldest minute first. */
    List<Due> due(RollTimes times) {
        List<Due> due = new ArrayList<>();
        services.forEach((name, service) -> {
            synchronized (service.lock) {
                for (Open open : service.parts.values()) {
                    if (times.due(open.part.minute, open.firstArrival, open.lastArrival)) {
                        due.add(new Due(name, open.part, open.last));
                    }
                }
            }
        });
        due.sort((one, two) -> Long.compare(one.part.minute, two.part.minute));
        return due;
    }

    /** Tens that are over and none of whose minutes is pending. */
    List<DueTen> dueTens(RollTimes times) {
        List<DueTen> due = new ArrayList<>();
        services.forEach((name, service) -> {
            synchronized (service.lock) {
                Set<Ten> growing = new HashSet<>();
                for (Open open : service.parts.values()) {
                    growing.add(new Ten(ten(open.part.minute), open.part.source));
                }
                service.tens.forEach((ten, changed) -> {
                    if (!growing.contains(ten) && times.dueTen(ten.start, changed)) {
                        due.add(new DueTen(name, ten));
                    }
                });
            }
        });
        due.sort((one, two) -> Long.compare(one.ten.start, two.ten.start));
        return due;
    }

    /** The tiers of minutes hold the part's rows up to {@code last}, and its raw file says so. */
    void rolled(Due due, long now) {
        Service of = of(due.service);
        synchronized (of.lock) {
            At at = new At(due.part.minute, due.part.source);
            Open open = of.parts.get(at);
            if (open != null && open.part.equals(due.part) && open.last <= due.last) {
                of.parts.remove(at);
                bytes.addAndGet(-open.bytes);
            }
            of.tens.put(new Ten(ten(at.minute), at.source), now);
        }
    }

    void rolledTen(DueTen due) {
        Service of = of(due.service);
        synchronized (of.lock) {
            of.tens.remove(due.ten);
        }
    }

    /** The raw file is gone: what it had not handed on is lost. */
    void lost(long source) {
        services.values().forEach(service -> {
            synchronized (service.lock) {
                service.parts.values().removeIf(open -> {
                    boolean gone = open.part.source == source;
                    bytes.addAndGet(gone ? -open.bytes : 0);
                    return gone;
                });
                service.tens.keySet().removeIf(ten -> ten.source == source);
            }
        });
    }

    /** Whether anything of the raw file is needed still. */
    boolean holds(long source) {
        for (Service service : services.values()) {
            synchronized (service.lock) {
                for (Open open : service.parts.values()) {
                    if (open.part.source == source) {
                        return true;
                    }
                }
                for (Ten ten : service.tens.keySet()) {
                    if (ten.source == source) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Memory that heads take. */
    long bytes() {
        return bytes.get();
    }
}
