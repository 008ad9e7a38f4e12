package dev.headroom.dashboard.economics;

import dev.headroom.dashboard.example.Example;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What requests did because they missed, as examples show it. Stateless. */
final class Misses {
    private static final Set<String> WRITES =
            Set.of("SET", "SETEX", "PSETEX", "SETNX", "GETSET", "HSET", "HMSET", "JSON.SET", "MSET");

    private Misses() {}

    static boolean looksUp(Example.Call call, String cache) {
        return (call.kind().equals("redis") || call.kind().equals("cache"))
                && call.text().equals(cache)
                && !WRITES.contains(call.operation());
    }

    /** Null when none of them missed. */
    static Economics.@Nullable Miss of(List<Example> examples, String cache) {
        int missed = 0;
        double sqlCalls = 0;
        double sqlMs = 0;
        double httpCalls = 0;
        double httpMs = 0;
        for (Example example : examples) {
            boolean after = false;
            boolean any = false;
            for (Example.Call call : example.calls()) {
                if (looksUp(call, cache) && Boolean.FALSE.equals(call.hit())) {
                    after = true;
                    any = true;
                } else if (call.text().equals(cache) && WRITES.contains(call.operation())) {
                    after = false;
                } else if (after && call.kind().equals("sql")) {
                    sqlCalls += call.count();
                    sqlMs += call.durationMs();
                } else if (after && call.kind().equals("http")) {
                    httpCalls += call.count();
                    httpMs += call.durationMs();
                }
            }
            missed += any ? 1 : 0;
        }
        return missed == 0
                ? null
                : new Economics.Miss(missed, sqlCalls / missed, sqlMs / missed, httpCalls / missed, httpMs / missed);
    }
}
