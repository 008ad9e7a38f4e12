package dev.headroom.core.record;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The series of one metric and the limits counted for it. Thread-safe.
 *
 * <p>{@code byAttributes} is what hooks look up, {@code live} is what a rotation drains. They differ when a hook records into an
 * evicted series while another one with the same attributes exists: then both are live, and their entries are added up.
 */
final class MetricSlot {
    /** A node and its share of the table, twice. */
    private static final int BYTES_IN_MAPS = 2 * (32 + 8);

    private final ConcurrentHashMap<Attributes, Series> byAttributes = new ConcurrentHashMap<>();
    private final Set<Series> live = ConcurrentHashMap.newKeySet();
    private final AtomicInteger held = new AtomicInteger();
    private final int maxSeries;
    private final AtomicInteger heldByAll;
    private final int maxSeriesOfAll;
    volatile Limits limits = Limits.NONE;

    /** @param heldByAll counts the series of all slots that share a cap */
    MetricSlot(int maxSeries, AtomicInteger heldByAll, int maxSeriesOfAll) {
        this.maxSeries = maxSeries;
        this.heldByAll = heldByAll;
        this.maxSeriesOfAll = maxSeriesOfAll;
    }

    /** The series with these attributes, made when there is none; beyond the caps, the overflow series. */
    Series series(Attributes attributes, Function<Attributes, Series> maker) {
        Series known = byAttributes.get(attributes);
        if (known != null) {
            return known;
        }
        if (!attributes.equals(Attributes.OVERFLOWN) && !reserve()) {
            return series(Attributes.OVERFLOWN, maker);
        }
        Series made = maker.apply(attributes);
        Series other = byAttributes.putIfAbsent(attributes, made);
        if (other == null) {
            live.add(made);
            return made;
        }
        release(made);
        return other;
    }

    private boolean reserve() {
        if (held.incrementAndGet() > maxSeries) {
            held.decrementAndGet();
            return false;
        }
        if (heldByAll.incrementAndGet() > maxSeriesOfAll) {
            heldByAll.decrementAndGet();
            held.decrementAndGet();
            return false;
        }
        return true;
    }

    private void release(Series series) {
        if (!series.attributes().equals(Attributes.OVERFLOWN)) {
            held.decrementAndGet();
            heldByAll.decrementAndGet();
        }
    }

    /** Takes an evicted series back, whatever the caps say: its values must be drained. */
    void readmit(Series series) {
        if (live.add(series) && !series.attributes().equals(Attributes.OVERFLOWN)) {
            held.incrementAndGet();
            heldByAll.incrementAndGet();
        }
        byAttributes.putIfAbsent(series.attributes(), series);
    }

    /** Drains every series into the list; those idle for longer than that many windows leave. For the agent's thread. */
    void drain(int idleWindowsToEvict, List<Window.Entry> entries) {
        int first = entries.size();
        List<Window.Entry> shadowed = new ArrayList<>(0);
        for (Iterator<Series> all = live.iterator(); all.hasNext(); ) {
            Series series = all.next();
            Window.Entry drained = series.drain();
            if (series.idleWindows(drained == null) > idleWindowsToEvict) {
                // Out first, then marked: marked first, a recording thread would take it back in before it is out, and
                // it would
                // be out for good.
                all.remove();
                byAttributes.remove(series.attributes(), series);
                release(series);
                series.evict();
                drained = series.drain();
            }
            if (drained != null) {
                (byAttributes.get(series.attributes()) == series ? entries : shadowed).add(drained);
            }
        }
        for (Window.Entry entry : shadowed) {
            addUp(entry, entries, first);
        }
    }

    private static void addUp(Window.Entry entry, List<Window.Entry> entries, int first) {
        for (int i = first; i < entries.size(); i++) {
            if (entries.get(i).attributes().equals(entry.attributes())) {
                entries.set(i, entries.get(i).plus(entry));
                return;
            }
        }
        entries.add(entry);
    }

    @Nullable
    Series lookUp(Attributes attributes) {
        return byAttributes.get(attributes);
    }

    /** Estimated heap of all series and of the two maps that hold them. */
    long heapBytes() {
        long bytes = 0;
        for (Series series : live) {
            bytes += BYTES_IN_MAPS + series.heapBytes() + series.attributes().heapBytes();
        }
        return bytes;
    }

    int size() {
        return live.size();
    }
}
