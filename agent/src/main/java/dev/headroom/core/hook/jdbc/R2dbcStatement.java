package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.Recorder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement or a batch of R2DBC will run. Used like it by one thread at a time. */
final class R2dbcStatement {
    final Database database;
    private final @Nullable SqlShape shape;
    private final List<SqlShape> batch = new ArrayList<>(0);
    private boolean batched;

    /** @param shape null: a batch, whose statements are added */
    R2dbcStatement(Database database, @Nullable SqlShape shape) {
        this.database = database;
        this.shape = shape;
    }

    /** @param statement null: the same statement once more */
    void added(@Nullable SqlShape statement) {
        batched = true;
        if (statement != null && batch.size() <= SqlShapes.MAX_BATCHED_SHAPES && !batch.contains(statement)) {
            batch.add(statement);
        }
    }

    /** Null for a batch of nothing. */
    @Nullable
    Measured measured(SqlShapes shapes, Recorder recorder) {
        SqlShape one = shape;
        if (one == null) {
            return batch.isEmpty() ? null : shapes.ofBatch(batch).in(database, recorder);
        }
        return (batched ? one.batched() : one).in(database, recorder);
    }
}
