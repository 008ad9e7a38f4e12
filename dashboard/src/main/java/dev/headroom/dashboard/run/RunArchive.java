package dev.headroom.dashboard.run;

import dev.headroom.dashboard.store.RunStore;
import dev.headroom.dashboard.store.SeriesData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The runs that are kept, read and written. Thread-safe; blocks on the store. */
@Component
public final class RunArchive {
    private final RunStore store;

    public RunArchive(RunStore store) {
        this.store = store;
    }

    /**
     * A run.
     *
     * @param to null while it goes on
     * @param result null while it goes on
     */
    public record Kept(
            String id,
            String name,
            String service,
            Instant from,
            @Nullable Instant to,
            Map<String, String> labels,
            @Nullable RunResult result) {}

    /** As it is stored. */
    private record Text(
            Map<String, String> labels, @Nullable RunResult result) {}

    void put(Kept run, List<SeriesData> data) {
        String text = RunJson.write(new Text(run.labels, run.result));
        store.put(new RunStore.Run(run.id, run.name, run.service, run.from, run.to, text), data);
    }

    public Optional<Kept> find(String id) {
        return store.find(id).map(RunArchive::kept);
    }

    /** By its id, or the newest finished one of that name. */
    public Optional<Kept> finished(String service, String idOrName) {
        Optional<Kept> byId = find(idOrName).filter(run -> run.to != null && run.service.equals(service));
        return byId.isPresent() ? byId : store.newest(service, idOrName).map(RunArchive::kept);
    }

    /**
     * Latest begin first.
     *
     * @param service null for those of every service
     */
    public List<Kept> newest(@Nullable String service, int most) {
        return store.newest(service, most).stream().map(RunArchive::kept).toList();
    }

    List<SeriesData> data(String id) {
        return store.data(id);
    }

    /** False when there is none. */
    public boolean remove(String id) {
        return store.remove(id);
    }

    private static Kept kept(RunStore.Run run) {
        Text text = RunJson.read(run.text(), Text.class);
        return new Kept(run.id(), run.name(), run.service(), run.from(), run.to(), text.labels, text.result);
    }
}
