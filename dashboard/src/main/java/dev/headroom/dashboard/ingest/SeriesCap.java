package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Attribute;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one service, and all together, from filling the store with series. Beyond the limit new series are added up in the metric's
 * overflow series: totals stay exact, only the detail is lost. A series that was not seen for an hour or two makes room. A token for
 * one service therefore has that service's limit; what a token for all of them may add is bounded by the limit for all. Thread-safe.
 */
public final class SeriesCap {
    static final Map<String, String> OVERFLOW = Map.of(Attribute.OVERFLOW.key(), "true");
    private static final Logger LOG = LoggerFactory.getLogger(SeriesCap.class);

    private final int perService;
    private final int inAll;
    private final int mostServices;
    private final InstantSource clock;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, SeenSeries> services = new ConcurrentHashMap<>();

    /**
     * @param perService active series of a service
     * @param inAll active series of all services
     * @param mostServices services that may have reported within the last hour or two
     */
    public SeriesCap(int perService, int inAll, int mostServices, InstantSource clock) {
        this.perService = perService;
        this.inAll = inAll;
        this.mostServices = mostServices;
        this.clock = clock;
    }

    /**
     * The batch, its points beyond the limit folded.
     *
     * @throws OtlpRefusal to be repeated later, for one more service than may be
     */
    Batch apply(Batch batch, Rejections rejections) {
        SeenSeries seen = seen(batch.sender().service());
        Instant now = clock.instant();
        List<Point> kept = new ArrayList<>(batch.points().size());
        Map<SeriesKey, Value> overflow = new LinkedHashMap<>();
        long folded = 0;
        long lost = 0;
        for (Point point : batch.points()) {
            SeriesKey admitted = seen.admitted(point.key(), now);
            if (admitted != null) {
                kept.add(new Point(admitted, point.value()));
            } else if (seen.knows(point.key().metric())) {
                overflow.merge(new SeriesKey(point.key().metric(), OVERFLOW), point.value(), SeriesCap::combine);
                folded++;
            } else {
                lost++;
            }
        }
        if (folded > 0) {
            seen.folded(folded);
        }
        rejections.warn("in the overflow series, for the service has more than " + seen.limit() + " series", folded);
        rejections.add("new metrics of a service that has more than " + seen.limit() + " series already", lost);
        overflow.forEach((key, value) -> kept.add(new Point(key, value)));
        return new Batch(
                batch.sender(), batch.cursor(), batch.start(), batch.end(), kept, batch.streams(), batch.delivery());
    }

    private SeenSeries seen(String service) {
        SeenSeries known = services.get(service);
        if (known == null && services.size() >= mostServices) {
            services.values().removeIf(each -> each.idle(clock.instant()));
            if (services.size() >= mostServices) {
                throw OtlpRefusal.later("Found one more service, \"" + service + "\", expected at most " + mostServices
                        + "; the setting is headroom.ingest.max-services");
            }
        }
        return known != null
                ? known
                : services.computeIfAbsent(
                        service, name -> new SeenSeries(name, perService, inAll, total, clock.instant()));
    }

    /** Of every service that reported lately, the fullest first. */
    public List<SeriesUse> use() {
        return services.values().stream()
                .map(seen -> seen.use(clock.instant()))
                .sorted(Comparator.comparingDouble(SeriesUse::share).reversed().thenComparing(SeriesUse::service))
                .toList();
    }

    /** Says once an hour in the log which services are near their limit. */
    void warnOfFull() {
        for (SeriesUse use : use()) {
            if (use.near()) {
                LOG.warn(
                        "Service {} uses {} of {} series; most values has attribute {} ({}). Beyond the limit new ones are"
                                + " added up. The setting is headroom.ingest.max-series-per-service",
                        use.service(),
                        use.used(),
                        use.limit(),
                        use.topAttribute(),
                        use.topValues());
            }
        }
    }

    /** Two values of one series; the later where they do not add. */
    static Value combine(Value one, Value two) {
        if (one instanceof Value.Distribution first && two instanceof Value.Distribution second) {
            return first.merge(second);
        }
        if (one instanceof Value.Sum first && two instanceof Value.Sum second) {
            return first.merge(second);
        }
        return two;
    }
}
