package dev.headroom.dashboard.plan;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the named databases for the plans of statements that were slow in the last ten minutes, those that took most time first. For one
 * thread; blocks on the store and on databases.
 */
final class Plans {
    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** Of one database in one round, a minute: so a new service does not make its database plan hundreds of statements at once. */
    static final int MOST = 20;

    private static final double QUANTILE = 0.95;

    private final MetricStore metrics;
    private final PlanBook book;
    private final PlanProperties properties;
    private final InstantSource clock;
    /** A database that could not be asked is told of once until it can be. */
    private final Map<String, String> troubles = new HashMap<>();

    Plans(MetricStore metrics, PlanBook book, PlanProperties properties, InstantSource clock) {
        this.metrics = metrics;
        this.book = book;
        this.properties = properties;
        this.clock = clock;
    }

    List<PlanProperties.Database> databases() {
        List<PlanProperties.Database> databases = properties.databases();
        return databases == null ? List.of() : databases;
    }

    /** A statement and its times. */
    private record Slow(String fingerprint, String text, Value.Distribution times) {}

    void askAll() {
        databases().forEach(this::ask);
    }

    private void ask(PlanProperties.Database database) {
        Instant now = clock.instant();
        List<Slow> due = slow(database, now).stream()
                .filter(each -> book.due(database.service(), each.fingerprint(), now))
                .limit(MOST)
                .toList();
        if (due.isEmpty()) {
            return;
        }
        try (Inquiry inquiry = Inquiry.open(database, properties.timeout())) {
            for (Slow each : due) {
                explain(inquiry, database.service(), each, now);
            }
            troubles.remove(database.service());
        } catch (SQLException unreachable) {
            String said = Inquiry.said(unreachable);
            if (!said.equals(troubles.put(database.service(), said))) {
                LOG.warn(
                        "Plans of service {}: its database could not be asked: {}. Check headroom.plans.databases; every minute tries again",
                        database.service(),
                        said);
            }
        }
    }

    private void explain(Inquiry inquiry, String service, Slow slow, Instant now) throws SQLException {
        String refusal = Explainable.refusal(slow.text());
        Plan plan = null;
        if (refusal == null) {
            try {
                plan = inquiry.explain(slow.text());
            } catch (SQLException refused) {
                refusal = Inquiry.said(refused);
            }
        }
        book.put(service, slow.fingerprint(), slow.text(), plan, refusal, now);
    }

    private List<Slow> slow(PlanProperties.Database database, Instant now) {
        Map<String, Slow> all = new HashMap<>();
        Selection selection = new Selection(
                database.service(), Set.of(Metric.DB_DURATION.metricName()), TimeRange.upTo(now, WINDOW), false);
        for (SeriesData one : metrics.read(selection).series()) {
            String print = one.key().get(Attribute.DB_FINGERPRINT);
            String text = one.key().get(Attribute.DB_QUERY);
            if (print != null
                    && text != null
                    && wanted(one.key(), database)
                    && one.value() instanceof Value.Distribution times) {
                all.merge(print, new Slow(print, text, times), (a, b) -> new Slow(print, text, a.times.merge(b.times)));
            }
        }
        double seconds = properties.slow().toNanos() / 1e9;
        return all.values().stream()
                .filter(each -> each.times.histogram().count() > 0
                        && each.times.histogram().quantile(QUANTILE) > seconds)
                .sorted(Comparator.comparingDouble(
                        each -> -each.times.histogram().sum()))
                .toList();
    }

    private static boolean wanted(SeriesKey key, PlanProperties.Database database) {
        String namespace = database.namespace();
        return key.is(Metric.DB_DURATION)
                && "SELECT".equals(key.get(Attribute.DB_OPERATION))
                && (namespace == null || namespace.isEmpty() || namespace.equals(key.get(Attribute.DB_NAMESPACE)));
    }
}
