package dev.headroom.core.hook.pool;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How full the pools are, asked on the agent's thread: libraries answer from counters of their own. Pools of one name are added
 * up; a number that one does not tell is left out. Stateless.
 */
final class PoolGauges {
    private PoolGauges() {}

    static void read(PoolLibrary library, Pool[] pools, Gauges.Sink sink) {
        Map<Attributes, int[]> byName = new LinkedHashMap<>();
        for (Pool pool : pools) {
            if (pool.itself() != null) {
                int[] readings = {library.used(pool), library.idle(pool), library.waiting(pool), library.max(pool)};
                int[] sums = byName.get(pool.attributes);
                if (sums == null) {
                    byName.put(pool.attributes, readings);
                } else {
                    add(sums, readings);
                }
            }
        }
        byName.forEach((name, readings) -> {
            tell(sink, Metric.POOL_COUNT, name.with(Attribute.POOL_STATE, "used"), readings[0]);
            tell(sink, Metric.POOL_COUNT, name.with(Attribute.POOL_STATE, "idle"), readings[1]);
            tell(sink, Metric.POOL_PENDING, name, readings[2]);
            tell(sink, Metric.POOL_MAX, name, readings[3]);
        });
    }

    private static void add(int[] sums, int[] readings) {
        for (int i = 0; i < sums.length; i++) {
            if (readings[i] >= 0) {
                sums[i] = Math.max(sums[i], 0) + readings[i];
            }
        }
    }

    private static void tell(Gauges.Sink sink, Metric metric, Attributes attributes, int reading) {
        if (reading >= 0) {
            sink.value(metric, attributes, reading);
        }
    }
}
