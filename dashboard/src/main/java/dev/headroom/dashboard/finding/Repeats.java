package dev.headroom.dashboard.finding;

import dev.headroom.dashboard.example.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The same call again and again within single requests to one route, as examples show it.
 *
 * @param count in one request, on average over the examples
 */
record Repeats(String route, String text, @Nullable String fingerprint, double count, Evidence evidence) {
    /**
     * Those of which one request has enough; the parts of an example that differ in nothing but their place are one.
     *
     * @param least so many in one request
     */
    static List<Repeats> of(Observation observation, Predicate<Example.Call> wanted, long least) {
        record Key(String route, String operation, String text) {}
        Map<Key, List<Observation.Sighting>> groups = new LinkedHashMap<>();
        for (Example example : observation.examples()) {
            if (example.route() != null) {
                Map<Key, Example.Call> calls = new LinkedHashMap<>();
                for (Example.Call call : example.calls()) {
                    if (wanted.test(call)) {
                        Key key = new Key(example.name(), call.operation(), call.text());
                        calls.merge(key, call, Repeats::plus);
                    }
                }
                calls.forEach((key, call) -> {
                    if (call.count() >= least) {
                        groups.computeIfAbsent(key, absent -> new ArrayList<>())
                                .add(new Observation.Sighting(example, call));
                    }
                });
            }
        }
        List<Repeats> all = new ArrayList<>();
        groups.forEach((key, seen) -> all.add(new Repeats(
                key.route,
                key.text,
                seen.get(0).call().fingerprint(),
                seen.stream().mapToLong(each -> each.call().count()).average().orElse(0),
                Evidence.of(seen))));
        return all;
    }

    private static Example.Call plus(Example.Call a, Example.Call b) {
        Example.Call where = a.caller() != null && (b.caller() == null || a.durationMs() >= b.durationMs()) ? a : b;
        Long rows = a.rows() == null || b.rows() == null ? null : Long.valueOf(a.rows() + b.rows());
        return new Example.Call(
                a.kind(),
                a.operation(),
                a.text(),
                a.fingerprint(),
                a.startMs(),
                a.durationMs() + b.durationMs(),
                Math.max(a.longestMs(), b.longestMs()),
                a.count() + b.count(),
                rows,
                a.valueBytes(),
                Objects.equals(a.transaction(), b.transaction()) ? a.transaction() : null,
                a.hit(),
                a.errorType(),
                where.caller(),
                a.thread());
    }
}
