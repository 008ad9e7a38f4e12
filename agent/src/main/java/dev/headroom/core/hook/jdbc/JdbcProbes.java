package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What is to be known around a run: the database, the text, the rows read. Of these only a fetch reads the clock. */
final class JdbcProbes {
    private JdbcProbes() {}

    /** {@code Driver.connect} begins, without a connection, and ends, with one; what drivers run within is their own business. */
    static final class Connected extends Probe {
        private final JdbcCalls calls;

        Connected(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object url, @Nullable Object b) {
            if (connection == null) {
                return calls.beginSilence();
            }
            if (url instanceof String) {
                calls.opened(connection, (String) url);
            }
            return null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Call) token).discard();
        }
    }

    /** {@code Connection.createStatement} returned a statement. */
    static final class Created extends Probe {
        private final JdbcCalls calls;

        Created(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object statement, @Nullable Object b) {
            if (statement != null && connection instanceof Connection) {
                calls.created(statement, (Connection) connection);
            }
            return null;
        }
    }

    /** {@code Connection.prepareStatement} or {@code prepareCall} returned a statement. */
    static final class PreparedText extends Probe {
        private final JdbcCalls calls;

        PreparedText(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object sql, @Nullable Object connection) {
            if (statement != null && sql instanceof String && connection instanceof Connection) {
                calls.prepared(statement, (String) sql, (Connection) connection);
            }
            return null;
        }
    }

    /** A driver's statement says which text it keeps. */
    static final class Told extends Probe {
        private final JdbcCalls calls;

        Told(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object sql, @Nullable Object b) {
            if (statement != null && sql instanceof String) {
                calls.told(statement, (String) sql);
            }
            return null;
        }
    }

    /** {@code PreparedStatement.setInt}, {@code setLong} or {@code setObject} with one of these. */
    static final class Parameter extends Probe {
        /** The parameter's index stands above so many bits of its value. */
        static final int VALUE_BITS = 40;

        private static final int UNUSED_BITS = Long.SIZE - VALUE_BITS;
        private final JdbcCalls calls;

        Parameter(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public void mark(@Nullable Object statement, long packed) {
            if (statement != null) {
                calls.parameter(statement, (int) (packed >> VALUE_BITS), packed << UNUSED_BITS >> UNUSED_BITS);
            }
        }
    }

    /** {@code Statement.close()}. */
    static final class Closed extends Probe {
        private final JdbcCalls calls;

        Closed(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object a, @Nullable Object b) {
            if (statement != null) {
                calls.closed(statement);
            }
            return null;
        }
    }

    /** {@code Statement.addBatch(String)}. */
    static final class Batched extends Probe {
        private final JdbcCalls calls;

        Batched(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object sql, @Nullable Object b) {
            if (statement instanceof Statement && sql instanceof String) {
                calls.addToBatch((Statement) statement, (String) sql);
            }
            return null;
        }
    }

    /** {@code Statement.clearBatch()}. */
    static final class BatchCleared extends Probe {
        private final JdbcCalls calls;

        BatchCleared(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object a, @Nullable Object b) {
            if (statement != null) {
                calls.batches.remove(statement, calls.thread().lookup);
            }
            return null;
        }
    }

    /** {@code Statement.getResultSet()} after {@code execute()}: the rows belong to what the statement ran last. */
    static final class Results extends Probe {
        private final JdbcCalls calls;

        Results(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object resultSet, @Nullable Object b) {
            if (statement != null && resultSet != null) {
                JdbcThread thread = calls.thread();
                Measured measured = thread.stack.inside(CallStack.Kind.SQL)
                        ? null
                        : thread.reading(System.identityHashCode(statement));
                if (measured != null) {
                    calls.reads(thread, resultSet, measured, System.identityHashCode(statement));
                }
            }
            return null;
        }
    }

    /** {@code ResultSet.next()}: a row was read when the outermost call says so. */
    static final class Row extends Probe {
        private final JdbcCalls calls;

        Row(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object resultSet, @Nullable Object a, @Nullable Object b) {
            JdbcThread thread = calls.thread();
            return resultSet == null || thread.readsRow() || !thread.readRow(resultSet) ? null : thread;
        }

        @Override
        public void mark(@Nullable Object token, long rows) {
            if (token instanceof JdbcThread) {
                ((JdbcThread) token).rowRead(rows > 0);
            }
        }
    }

    /** The driver fetches further rows of the result whose row is being read. */
    static final class Fetch extends Probe {
        private final JdbcCalls calls;

        Fetch(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return calls.beginFetch();
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            calls.endFetch((JdbcThread) token, thrown);
        }
    }

    /** {@code ResultSet.close()}: the rows read so far are all. */
    static final class ResultClosed extends Probe {
        private final JdbcCalls calls;

        ResultClosed(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object resultSet, @Nullable Object a, @Nullable Object b) {
            if (resultSet != null) {
                calls.thread().closed(resultSet);
            }
            return null;
        }
    }
}
