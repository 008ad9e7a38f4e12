package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Who has reported, as the newest raw file has it after its last commit. Held in memory, for every page asks for all of them. Written
 * by one thread at a time, read by any.
 */
final class KnownSenders {
    private static final Comparator<Instance> NEWEST_FIRST =
            Comparator.comparing(Instance::lastReport).reversed().thenComparing(Instance::instance);

    private volatile Map<String, Map<String, Instance>> services = new ConcurrentSkipListMap<>();

    /** In place of all that were known. */
    void replace(List<Instance> all) {
        Map<String, Map<String, Instance>> anew = new ConcurrentSkipListMap<>();
        all.forEach(instance -> put(anew, instance));
        services = anew;
    }

    /** New, or in place of what was known of them. */
    void put(List<Instance> changed) {
        changed.forEach(instance -> put(services, instance));
    }

    private static void put(Map<String, Map<String, Instance>> services, Instance instance) {
        services.computeIfAbsent(instance.service(), absent -> new ConcurrentHashMap<>())
                .put(instance.instance(), instance);
    }

    /** Sorted. */
    List<String> services() {
        return new ArrayList<>(services.keySet());
    }

    /** Newest report first. */
    List<Instance> of(String service) {
        Map<String, Instance> known = services.get(service);
        if (known == null) {
            return List.of();
        }
        List<Instance> instances = new ArrayList<>(known.values());
        instances.sort(NEWEST_FIRST);
        return instances;
    }
}
