package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.sql.SqlDialect;
import dev.headroom.sql.SqlFingerprint;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Runs of statements, and the ends of transactions. */
final class StatementProbes {
    private StatementProbes() {}

    /** What runs have in common: {@link #mark} takes the rows changed, {@link #exit} the outcome. */
    abstract static class Run extends Probe {
        final JdbcCalls calls;

        Run(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public void mark(@Nullable Object token, long rows) {
            if (rows > 0 && token != null) {
                calls.thread((Call) token).rows += rows;
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            calls.end((Call) token, false, result, thrown);
        }
    }

    /** {@code Statement.execute*(String, ..)}. */
    static final class Text extends Run {
        Text(JdbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object sql, @Nullable Object b) {
            return self instanceof Statement && sql instanceof String
                    ? calls.beginText((Statement) self, (String) sql)
                    : null;
        }
    }

    /** {@code PreparedStatement.execute*()}. */
    static final class Prepared extends Run {
        Prepared(JdbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return self instanceof Statement ? calls.beginPrepared((Statement) self) : null;
        }
    }

    /** {@code executeBatch} and {@code executeLargeBatch}: the counts are the result; -2 and -3 stand for "unknown", "failed". */
    static final class Batch extends Run {
        Batch(JdbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return self instanceof Statement ? calls.beginBatch((Statement) self) : null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            long rows = 0;
            if (result instanceof int[]) {
                for (int count : (int[]) result) {
                    rows += Math.max(0, count);
                }
            } else if (result instanceof long[]) {
                for (long count : (long[]) result) {
                    rows += Math.max(0, count);
                }
            }
            calls.thread((Call) token).rows = rows;
            calls.end((Call) token, true, null, thrown);
        }
    }

    /** {@code Connection.commit()} and {@code rollback()}. */
    static final class TransactionEnd extends Probe {
        private final JdbcCalls calls;
        private final SqlShape shape;
        private final String outcome;

        TransactionEnd(JdbcCalls calls, String operation, String outcome) {
            this.calls = calls;
            this.outcome = outcome;
            this.shape = calls.shapes.of(operation, SqlDialect.ANSI, new SqlFingerprint());
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return self instanceof Connection ? calls.transactions.beginTransactionEnd((Connection) self, shape) : null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            calls.transactions.endTransactionEnd((Call) token, outcome, thrown);
        }
    }

    /**
     * {@code Connection.setAutoCommit}: enter with the connection, twice to switch it on. PostgreSQL's driver calls {@code commit}
     * on every way back to auto-commit, mostly with nothing to commit: Spring's transactions would have two commits each.
     */
    static final class AutoCommit extends Probe {
        private final JdbcCalls calls;

        AutoCommit(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object on, @Nullable Object b) {
            return self instanceof Connection
                    ? calls.transactions.beginAutoCommit((Connection) self, on != null)
                    : null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            calls.transactions.endAutoCommit((Call) token, thrown);
        }
    }

    /** {@code Connection.close()}, about to begin. */
    static final class ConnectionClosed extends Probe {
        private final JdbcCalls calls;

        ConnectionClosed(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self instanceof Connection) {
                calls.transactions.connectionClosed((Connection) self);
            }
            return null;
        }
    }

    /** {@code Connection.isValid}: some drivers run a statement for it, which is none of the application's. */
    static final class Silence extends Probe {
        private final JdbcCalls calls;

        Silence(JdbcCalls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return calls.beginSilence();
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Call) token).discard();
        }
    }
}
