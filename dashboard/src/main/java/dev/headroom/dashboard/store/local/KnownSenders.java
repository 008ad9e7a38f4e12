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

    private final int most;
    private volatile Map<String, Map<String, Instance>> services = new ConcurrentSkipListMap<>();
    /** Of the writing thread alone. */
    private int held;

    /** @param most held at a time; beyond it a quarter leaves, those that have been silent for longest */
    KnownSenders(int most) {
        this.most = most;
    }

    /** In place of all that were known. */
    void replace(List<Instance> all) {
        held = 0;
        Map<String, Map<String, Instance>> anew = new ConcurrentSkipListMap<>();
        List<Instance> newest = new ArrayList<>(all);
        newest.sort(NEWEST_FIRST);
        put(anew, newest.subList(0, Math.min(most, newest.size())));
        services = anew;
    }

    /** New, or in place of what was known of them. */
    void put(List<Instance> changed) {
        put(services, changed);
        if (held > most) {
            List<Instance> all = new ArrayList<>();
            services.values().forEach(known -> all.addAll(known.values()));
            all.sort(NEWEST_FIRST);
            replace(all.subList(0, most - most / 4));
        }
    }

    private void put(Map<String, Map<String, Instance>> into, List<Instance> instances) {
        for (Instance instance : instances) {
            Instance before = into.computeIfAbsent(instance.service(), absent -> new ConcurrentHashMap<>())
                    .put(instance.instance(), instance);
            held += before == null ? 1 : 0;
        }
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
