package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Watch;
import org.jspecify.annotations.Nullable;

/** One result of a run is read, row by row. */
class R2dbcReading extends Watch.Subscribed {
    private static final String FAILURE = "io.r2dbc.spi.R2dbcException";

    /** Whether a failure is the database's: others come from the application's own mapping of rows. */
    private static final ClassValue<Boolean> OF_DATABASE = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                if (each.getName().equals(FAILURE)) {
                    return true;
                }
            }
            return false;
        }
    };

    private final R2dbcRun run;
    private int elements;

    R2dbcReading(R2dbcRun run) {
        this.run = run;
    }

    @Override
    protected void next(Object element) {
        elements++;
    }

    /** How many rows were read or changed. */
    long rows() {
        return elements;
    }

    @Override
    protected void ended(boolean complete, @Nullable Throwable failure) {
        if (failure == null) {
            tell(run);
        }
        boolean ofDatabase = failure != null && OF_DATABASE.get(failure.getClass());
        run.readEnded(rows(), !complete && failure == null && elements == 0, ofDatabase ? failure : null);
    }

    /** What the result amounts to. */
    void tell(R2dbcRun of) {
        of.returned(elements);
    }

    /** A result that tells only how many rows were changed. */
    static final class OfChanges extends R2dbcReading {
        private long changed;

        OfChanges(R2dbcRun run) {
            super(run);
        }

        @Override
        protected void next(Object element) {
            super.next(element);
            changed += element instanceof Number ? ((Number) element).longValue() : 0;
        }

        @Override
        long rows() {
            return changed;
        }

        @Override
        void tell(R2dbcRun of) {}
    }
}
