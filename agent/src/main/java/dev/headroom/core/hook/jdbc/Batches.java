package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.WeakIdentityMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts added to statements that have not run their batch yet. Thread-safe as far as a statement has one thread at a time. */
final class Batches {
    private static final int MOST = 10_000;

    private final WeakIdentityMap<List<SqlShape>> shapes = new WeakIdentityMap<>(MOST);

    /** One more text of the statement. */
    void add(Object statement, SqlShape shape, WeakIdentityMap.Lookup lookup) {
        List<SqlShape> distinct = shapes.get(statement, lookup);
        if (distinct == null) {
            distinct = new ArrayList<>(2);
            shapes.put(statement, distinct);
        }
        if (distinct.size() <= SqlShapes.MAX_BATCHED_SHAPES && !distinct.contains(shape)) {
            distinct.add(shape);
        }
    }

    /** Forgets the statement's texts and returns them; null when it had none. */
    @Nullable
    List<SqlShape> remove(Object statement, WeakIdentityMap.Lookup lookup) {
        return shapes.isEmpty() ? null : shapes.remove(statement, lookup);
    }

    void clear() {
        shapes.clear();
    }

    /** Forgets statements that are gone. */
    void purge() {
        shapes.purge();
    }

    int size() {
        return shapes.size();
    }
}
