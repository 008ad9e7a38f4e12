package dev.headroom.dashboard.operations;

import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One search over services, routes, statements, caches and key patterns, pools and peers. A row is found when its name holds every
 * word of the question, whatever the case. Thread-safe; blocks on the store.
 */
@Component
public final class Search {
    /** The longest question; what is longer is cut. */
    static final int LONGEST = 200;

    /** Services are searched in the order of their names, so many at most. */
    private static final int MOST_SERVICES = 200;

    /** What was found, in the order in which kinds are listed. */
    public enum Kind {
        SERVICE,
        ROUTE,
        STATEMENT,
        CACHE,
        POOL,
        PEER
    }

    /**
     * @param id what opens it in its list: a statement's fingerprint, else the name
     * @param totalMs time in the range; null for a service and where it is not known
     */
    public record Hit(
            Kind kind,
            String service,
            String name,
            String id,
            @Nullable Double totalMs,
            @Nullable Double ratePerSecond) {}

    /**
     * @param hits by kind, within it the most time first
     * @param left so many more were found than are listed
     * @param servicesLeft so many services were not looked into
     */
    public record Result(String question, List<Hit> hits, int left, int servicesLeft) {}

    private final Operations operations;
    private final MetricStore store;

    public Search(Operations operations, MetricStore store) {
        this.operations = operations;
        this.store = store;
    }

    /**
     * @param question nothing is found for an empty one
     * @param service looks into this one alone; null for all
     * @param most hits of each kind
     */
    public Result find(String question, @Nullable String service, TimeRange range, int most) {
        String asked = question.strip();
        asked = asked.substring(0, Math.min(LONGEST, asked.length()));
        if (asked.isEmpty()) {
            return new Result(asked, List.of(), 0, 0);
        }
        List<String> words = List.of(asked.toLowerCase(Locale.ROOT).split("\\s+"));
        List<String> services = service != null ? List.of(service) : store.services();
        List<Hit> found = new ArrayList<>();
        for (String each : services) {
            if (holds(each, words)) {
                found.add(new Hit(Kind.SERVICE, each, each, each, null, null));
            }
        }
        List<String> looked = services.subList(0, Math.min(MOST_SERVICES, services.size()));
        looked.forEach(each -> look(each, operations.together(each, range), words, found));
        return listed(asked, found, most, services.size() - looked.size());
    }

    private static Result listed(String asked, List<Hit> found, int most, int servicesLeft) {
        found.sort(Comparator.comparing(Hit::kind)
                .thenComparing(hit -> hit.totalMs == null ? 0 : -hit.totalMs)
                .thenComparing(Hit::service)
                .thenComparing(Hit::name));
        List<Hit> hits = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            found.stream().filter(hit -> hit.kind == kind).limit(most).forEach(hits::add);
        }
        return new Result(asked, List.copyOf(hits), found.size() - hits.size(), servicesLeft);
    }

    private static void look(String service, Operations.Together lists, List<String> words, List<Hit> found) {
        add(Kind.ROUTE, service, lists.routes(), Rows.Route::name, Rows.Route::name, Rows.Route::timing, words, found);
        add(
                Kind.STATEMENT,
                service,
                lists.queries(),
                Rows.Query::name,
                row -> row.fingerprint().isEmpty() ? row.name() : row.fingerprint(),
                Rows.Query::timing,
                words,
                found);
        add(Kind.CACHE, service, lists.caches(), Rows.Cache::name, Rows.Cache::name, Rows.Cache::timing, words, found);
        add(Kind.POOL, service, lists.pools(), Rows.Pool::name, Rows.Pool::name, Rows.Pool::timing, words, found);
        add(Kind.PEER, service, lists.calls(), Rows.Call::name, Rows.Call::name, Rows.Call::timing, words, found);
    }

    private static <T> void add(
            Kind kind,
            String service,
            Listing<T> listing,
            Function<T, String> name,
            Function<T, String> id,
            Function<T, Timing> timing,
            List<String> words,
            List<Hit> found) {
        for (T row : listing.items()) {
            // A fingerprint that somebody read elsewhere finds its statement.
            if (holds(name.apply(row) + " " + id.apply(row), words)) {
                Timing times = timing.apply(row);
                found.add(
                        new Hit(kind, service, name.apply(row), id.apply(row), times.totalMs(), times.ratePerSecond()));
            }
        }
    }

    private static boolean holds(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }
}
