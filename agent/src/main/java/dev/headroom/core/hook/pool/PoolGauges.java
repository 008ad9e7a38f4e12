package dev.headroom.core.hook.pool;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How full the pools are, asked by reflection on the agent's thread: HikariCP answers from counters of its own. Pools of one name
 * are added up. Stateless.
 */
final class PoolGauges {
    private static final String BEAN = "com.zaxxer.hikari.HikariPoolMXBean";

    private PoolGauges() {}

    static void read(Pool[] pools, Gauges.Sink sink) {
        Map<Attributes, int[]> byName = new LinkedHashMap<>();
        for (Pool pool : pools) {
            Object itself = pool.itself();
            Object config = pool.config();
            if (itself != null && config != null) {
                add(byName.computeIfAbsent(pool.attributes, key -> new int[4]), itself, config);
            }
        }
        byName.forEach((name, readings) -> {
            sink.value(Metric.POOL_COUNT, name.with(Attribute.POOL_STATE, "used"), readings[0]);
            sink.value(Metric.POOL_COUNT, name.with(Attribute.POOL_STATE, "idle"), readings[1]);
            sink.value(Metric.POOL_PENDING, name, readings[2]);
            sink.value(Metric.POOL_MAX, name, readings[3]);
        });
    }

    private static void add(int[] readings, Object pool, Object config) {
        try {
            Class<?> bean = bean(pool.getClass());
            if (bean != null) {
                int active = ask(bean, pool, "getActiveConnections");
                int idle = ask(bean, pool, "getIdleConnections");
                int waiting = ask(bean, pool, "getThreadsAwaitingConnection");
                int max = ask(config.getClass(), config, "getMaximumPoolSize");
                readings[0] += active;
                readings[1] += idle;
                readings[2] += waiting;
                readings[3] += max;
            }
        } catch (ReflectiveOperationException | RuntimeException ignored) {
            // Another version of the library than was ever seen: the times are still right, the gauges stay away.
        }
    }

    private static int ask(Class<?> type, Object target, String method)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        Object answer = type.getMethod(method).invoke(target);
        return answer instanceof Integer ? (Integer) answer : 0;
    }

    private static @Nullable Class<?> bean(Class<?> pool) {
        for (Class<?> type = pool; type != null; type = type.getSuperclass()) {
            for (Class<?> each : type.getInterfaces()) {
                if (each.getName().equals(BEAN)) {
                    return each;
                }
            }
        }
        return null;
    }
}
