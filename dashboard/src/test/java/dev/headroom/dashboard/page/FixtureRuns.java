package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.RunStore;
import dev.headroom.dashboard.store.SeriesData;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Runs in memory. Thread-safe. */
public final class FixtureRuns implements RunStore {
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Map<String, List<SeriesData>> data = new ConcurrentHashMap<>();

    @Override
    public void put(Run run, List<SeriesData> series) {
        runs.put(run.id(), run);
        data.put(run.id(), series);
    }

    @Override
    public Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public Optional<Run> newest(String service, String name) {
        return newest(service, Integer.MAX_VALUE).stream()
                .filter(run -> run.name().equals(name) && run.to() != null)
                .findFirst();
    }

    @Override
    public List<Run> newest(String service, int most) {
        return runs.values().stream()
                .filter(run -> service == null || run.service().equals(service))
                .sorted(Comparator.comparing(Run::from).reversed())
                .limit(most)
                .toList();
    }

    @Override
    public List<SeriesData> data(String id) {
        return data.getOrDefault(id, List.of());
    }

    @Override
    public boolean remove(String id) {
        return runs.remove(id) != null;
    }
}
