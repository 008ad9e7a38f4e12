package dev.headroom.dashboard.finding;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.example.Example;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Redis keys and peers that one request asks one by one, and keys that it reads more than once. A key without a variable part is one
 * key: reading it again tells nothing new.
 *
 * <p>Saving per minute = mean time of the call, exactly counted, × (k − 1) for k repeats in one request, × requests per minute that
 * may do it: the lesser of the route's requests and the key pattern's (or peer's) calls divided by k. Where several routes share the
 * pattern this is an upper bound.
 */
final class RepeatedReads implements Rule {
    private static final long MANY = 5;
    /** Reads of one key that a command over many keys would serve. */
    private static final Set<String> READS =
            Set.of("GET", "HGET", "HGETALL", "EXISTS", "SISMEMBER", "SMEMBERS", "ZSCORE", "JSON.GET");
    /** Names that stand for many patterns. */
    private static final Set<String> NO_PATTERN = Set.of("{any}", "{other}", "{binary}", "");

    @Override
    public List<Found> find(Observation observation) {
        List<Found> found = new ArrayList<>();
        for (Repeats each : Repeats.of(observation, call -> reads(call) && varies(call), MANY)) {
            add(
                    found,
                    observation,
                    FindingKind.N_PLUS_ONE,
                    each,
                    Metric.DB_DURATION,
                    key -> each.text().equals(key.get(Attribute.DB_KEY_PATTERN)),
                    "Read them together: MGET, HMGET or one pipeline.");
        }
        for (Repeats each : Repeats.of(observation, call -> reads(call) && !varies(call) && !missed(call), 2)) {
            add(
                    found,
                    observation,
                    FindingKind.REPEATED_KEY,
                    each,
                    Metric.DB_DURATION,
                    key -> each.text().equals(key.get(Attribute.DB_KEY_PATTERN)),
                    "Read it once and keep the value for the rest of the request.");
        }
        for (Repeats each : Repeats.of(observation, call -> call.kind().equals("http"), MANY)) {
            add(
                    found,
                    observation,
                    FindingKind.N_PLUS_ONE,
                    each,
                    Metric.HTTP_CLIENT_DURATION,
                    key -> each.text().equals(peer(key)),
                    "Ask for all of them in one call, or cache what they answer.");
        }
        return found;
    }

    /** Commands of a pipeline have no time of their own: they share one round trip. */
    private static boolean reads(Example.Call call) {
        return call.kind().equals("redis")
                && READS.contains(call.operation())
                && call.durationMs() > 0
                && !NO_PATTERN.contains(call.text());
    }

    private static boolean varies(Example.Call call) {
        return call.text().indexOf('{') >= 0;
    }

    private static boolean missed(Example.Call call) {
        return Boolean.FALSE.equals(call.hit());
    }

    /** As examples name it: with the path where the application wrote one with variables. */
    private static @Nullable String peer(SeriesKey key) {
        String method = key.get(Attribute.HTTP_METHOD);
        String address = key.get(Attribute.SERVER_ADDRESS);
        String port = key.get(Attribute.SERVER_PORT);
        return method == null || address == null
                ? null
                : method + " " + address + (port == null ? "" : ":" + port) + key.get(Attribute.URL_TEMPLATE, "");
    }

    private static void add(
            List<Found> found,
            Observation observation,
            FindingKind kind,
            Repeats repeats,
            Metric metric,
            Predicate<SeriesKey> same,
            String fix) {
        Value.Distribution calls = observation.distribution(metric, same);
        long requests = observation.requests(repeats.route());
        if (calls == null || requests == 0) {
            return;
        }
        double affected = Math.min((double) requests, calls.calls() / repeats.count());
        double each = Observation.meanMillis(calls);
        found.add(new Found(
                kind,
                repeats.text(),
                repeats.route(),
                repeats.evidence().caller(),
                repeats.evidence().examples(),
                Observation.known(each * (repeats.count() - 1) * observation.perMinute(affected)),
                Numbers.of(repeats.count()) + " times in one request, " + Numbers.of(each) + " ms each by all counts; "
                        + calls.calls() + " calls in " + requests + " requests to the route",
                fix));
    }
}
