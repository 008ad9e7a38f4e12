package dev.headroom.core.record;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Switches;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All series of this JVM. Application threads ask for a series once and keep it; what the caps keep out goes to the metric's
 * overflow series, so totals stay exact.
 *
 * <p>Thread-safe; {@link #rotate} is for one thread at a time: the agent's, or whoever took its place.
 */
public final class Recorder {
    /** OpenTelemetry's own default per instrument. */
    public static final int MAX_SERIES_PER_METRIC = 2_000;

    public static final int MAX_SERIES = 5_000;

    /**
     * Of what requests did, by route and by statement: beside the others, so that many routes' many statements keep no route, statement
     * or command itself out.
     */
    public static final int MAX_SERIES_OF_REQUESTS = 2_000;

    private static final Set<Metric> OF_REQUESTS =
            EnumSet.range(Metric.REQUEST_DB_SHAPES, Metric.REQUEST_STATEMENT_TIME);

    private final Clock clock;
    private final int idleWindowsToEvict;
    private final Switches switches;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger heldOfRequests = new AtomicInteger();
    private final Map<Metric, MetricSlot> slots = new EnumMap<>(Metric.class);
    private final CopyOnWriteArrayList<Gauges> gauges = new CopyOnWriteArrayList<>();
    private final Callers callers = new Callers();
    private final Examples examples;
    private volatile boolean answersTell;
    private volatile boolean propagatesTraces;

    public Recorder(Clock clock, int idleWindowsToEvict) {
        this(clock, idleWindowsToEvict, new Switches());
    }

    public Recorder(Clock clock, int idleWindowsToEvict, Switches switches) {
        this(clock, idleWindowsToEvict, switches, MAX_SERIES_PER_METRIC, MAX_SERIES, MAX_SERIES_OF_REQUESTS);
    }

    Recorder(Clock clock, int idleWindowsToEvict, int maxSeriesPerMetric, int maxSeries, int maxSeriesOfRequests) {
        this(clock, idleWindowsToEvict, new Switches(), maxSeriesPerMetric, maxSeries, maxSeriesOfRequests);
    }

    private Recorder(
            Clock clock,
            int idleWindowsToEvict,
            Switches switches,
            int maxSeriesPerMetric,
            int maxSeries,
            int maxSeriesOfRequests) {
        this.clock = clock;
        this.idleWindowsToEvict = idleWindowsToEvict;
        this.switches = switches;
        for (Metric metric : Metric.values()) {
            slots.put(
                    metric,
                    OF_REQUESTS.contains(metric)
                            ? new MetricSlot(maxSeriesPerMetric, heldOfRequests, maxSeriesOfRequests)
                            : new MetricSlot(maxSeriesPerMetric, held, maxSeries));
        }
        this.examples = new Examples(clock, switches, slot(Metric.HTTP_SERVER_DURATION));
    }

    public Clock clock() {
        return clock;
    }

    /** Now, for the begin or the end of a call; {@link Clock#UNTIMED} while timings are switched off. */
    public long nanos() {
        return switches.detail().timings() ? clock.nanos() : Clock.UNTIMED;
    }

    /** What hooks are to do at this moment. */
    public Switches switches() {
        return switches;
    }

    /**
     * The series of durations with these attributes; beyond the caps, the overflow series.
     *
     * @param metric of kind {@link Metric.Kind#DURATION}
     */
    public DurationSeries duration(Metric metric, Attributes attributes) {
        MetricSlot slot = slot(metric);
        Series known = slot.lookUp(attributes);
        return (DurationSeries)
                (known != null
                        ? known
                        : slot.series(attributes, admitted -> new DurationSeries(this, slot, metric, admitted)));
    }

    /**
     * The series of amounts with these attributes; beyond the caps, the overflow series.
     *
     * @param metric of kind {@link Metric.Kind#AMOUNT}
     */
    public AmountSeries amount(Metric metric, Attributes attributes) {
        MetricSlot slot = slot(metric);
        Series known = slot.lookUp(attributes);
        return (AmountSeries)
                (known != null ? known : slot.series(attributes, admitted -> new AmountSeries(slot, metric, admitted)));
    }

    /**
     * The counter with these attributes; beyond the caps, the overflow series.
     *
     * @param metric of kind {@link Metric.Kind#COUNTER}
     */
    public CounterSeries counter(Metric metric, Attributes attributes) {
        MetricSlot slot = slot(metric);
        Series known = slot.lookUp(attributes);
        return (CounterSeries)
                (known != null
                        ? known
                        : slot.series(attributes, admitted -> new CounterSeries(slot, metric, admitted)));
    }

    /** The limits that are counted for the metric. */
    public Limits limits(Metric metric) {
        return slot(metric).limits;
    }

    /** From where statements are run, when somebody wants to know. */
    public Callers callers() {
        return callers;
    }

    /** Answers say in their headers where the time went. */
    public void answersTell(boolean wanted) {
        answersTell = wanted;
    }

    /** Outgoing calls carry the trace of the request that makes them. */
    public void propagatesTraces(boolean wanted) {
        propagatesTraces = wanted;
    }

    public boolean doPropagateTraces() {
        return propagatesTraces;
    }

    /** Whether they do; the dashboard's order comes before the configuration. */
    public boolean doAnswersTell() {
        return switches.option(ServerTiming.ORDER, answersTell ? 1 : 0) > 0
                && switches.detail().timings();
    }

    /** Keeps single requests and calls to be looked at. */
    public Examples examples() {
        return examples;
    }

    private MetricSlot slot(Metric metric) {
        return Objects.requireNonNull(slots.get(metric));
    }

    /** Series held. */
    public int size() {
        int size = 0;
        for (MetricSlot slot : slots.values()) {
            size += slot.size();
        }
        return size;
    }

    /** Estimated heap of all series; what hooks remember, such as statements' texts, is not in it. For the agent's thread. */
    public long heapBytes() {
        long bytes = 0;
        for (MetricSlot slot : slots.values()) {
            bytes += slot.heapBytes();
        }
        return bytes;
    }

    /** Adds readings that {@link #rotate} takes. */
    public void gauges(Gauges source) {
        gauges.add(source);
    }

    /** Counts durations or amounts of the metric at these limits from its next window on. */
    public void limits(Metric metric, Limits wanted) {
        slot(metric).limits = wanted;
    }

    /**
     * Closes the window that began at {@code startMillis}: everything recorded since the last call, exactly once. A source of
     * gauges that throws is left out of this window and counted as a failure of that name.
     */
    public Window rotate(long startMillis, long endMillis) {
        List<Window.Entry> entries = new ArrayList<>();
        // First, since some record as they read: collections belong to the window in which they were.
        for (Gauges source : gauges) {
            int before = entries.size();
            try {
                source.read((metric, attributes, value) -> entries.add(value(metric, attributes, value)));
            } catch (Throwable failure) {
                entries.subList(before, entries.size()).clear();
                Attributes name =
                        Attributes.of(Attribute.HOOK, source.getClass().getSimpleName());
                entries.add(value(Metric.AGENT_FAILURES, name, 1));
            }
        }
        for (MetricSlot slot : slots.values()) {
            slot.drain(idleWindowsToEvict, entries);
        }
        return new Window(startMillis, endMillis, entries);
    }

    private static Window.Entry value(Metric metric, Attributes attributes, double value) {
        return new Window.Entry(metric, attributes, HistogramSnapshot.EMPTY, LimitCounts.NONE, value);
    }
}
