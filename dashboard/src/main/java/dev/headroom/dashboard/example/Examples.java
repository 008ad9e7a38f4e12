package dev.headroom.dashboard.example;

import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.ExampleSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The examples that are kept. Thread-safe; blocks on the store. */
@Component
public final class Examples {
    /** Why an example is kept, as agents say it. */
    public static final List<String> REASONS = List.of("slow", "failed", "budget", "repeated", "normal");

    private final EventStore store;

    public Examples(EventStore store) {
        this.store = store;
    }

    public List<Example> find(ExampleSearch search) {
        return store.examples(search).stream().map(ExampleReader::read).toList();
    }

    /** Null when none of that id is kept. */
    public @Nullable Example of(String id) {
        EventStore.Kept kept = store.example(id);
        return kept == null ? null : ExampleReader.read(kept);
    }
}
