package dev.headroom.dashboard.page;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where the time of requests goes, slice by slice, in milliseconds of a request. Not thread-safe. */
public final class TimeParts {
    private static final String[] CSS = {"sql", "redis", "http", "pool", "own"};
    private static final String[] NAMES = {"database", "Redis", "HTTP out", "pool wait", "own code"};
    private static final String[] LISTS = {"/queries", "/caches", "/calls", "/pools", ""};

    private final List<List<Double>> values = new ArrayList<>();

    public TimeParts() {
        for (int i = 0; i < CSS.length; i++) {
            values.add(new ArrayList<>());
        }
    }

    /** The next slice: milliseconds in all of its requests. Nothing of it is negative; without requests it is a gap. */
    public void add(long requests, double dbMs, double redisMs, double httpMs, double poolMs, double ownMs) {
        double[] parts = {dbMs, redisMs, httpMs, poolMs, ownMs};
        for (int i = 0; i < parts.length; i++) {
            values.get(i).add(requests == 0 ? Double.NaN : Math.max(0, parts[i]) / requests);
        }
    }

    /** As agents count the parts of every request, of the series that are meant. */
    public static final class Counted {
        private static final List<String> PARTS = List.of("db", "redis", "http", "pool", "own");

        private final double[] millis = new double[PARTS.size()];
        private long requests;

        public void add(SeriesKey key, Value.Distribution distribution) {
            int part = key.is(Metric.REQUEST_TIME) ? PARTS.indexOf(key.get(Attribute.REQUEST_PART, "")) : -1;
            if (part >= 0) {
                millis[part] += distribution.histogram().sum() * 1000;
                // Every request has time of its own, if only none.
                requests += part == PARTS.size() - 1 ? distribution.histogram().count() : 0;
            }
        }

        /** Of which the parts are known. */
        public long requests() {
            return requests;
        }
    }

    /** The next slice. */
    public void add(Counted counted) {
        double[] parts = counted.millis;
        add(counted.requests, parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    /** Whether any slice had a request. */
    public boolean any() {
        return values.get(0).stream().anyMatch(value -> !Double.isNaN(value));
    }

    /** @param starts begin of every slice that was added, and the end of the last */
    public StackedChart draw(Frame frame, String service, String note, List<Instant> starts) {
        List<StackedChart.Part> parts = new ArrayList<>();
        for (int i = 0; i < CSS.length; i++) {
            String href = LISTS[i].isEmpty() ? "" : frame.to(LISTS[i], "service", service);
            parts.add(new StackedChart.Part(CSS[i], NAMES[i], href, values.get(i)));
        }
        return StackedChart.of(frame, "Where time goes, per request", note, starts, parts, Figures::duration);
    }
}
