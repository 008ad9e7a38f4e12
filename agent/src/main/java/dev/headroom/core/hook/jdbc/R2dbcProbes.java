package dev.headroom.core.hook.jdbc;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.Watch;
import dev.headroom.core.hook.jdbc.SqlShape.Measured;
import org.jspecify.annotations.Nullable;

/** The probes of R2DBC's interfaces. */
final class R2dbcProbes {
    private R2dbcProbes() {}

    private abstract static class OfCalls extends Probe {
        final R2dbcCalls calls;

        OfCalls(R2dbcCalls calls) {
            this.calls = calls;
        }

        /** The watch has the publisher that it is to listen to. */
        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            if (result != null) {
                ((Watch) token).listenTo(result);
            }
        }
    }

    /** Enter with a driver's factory and the name of its database. */
    static final class Found extends OfCalls {
        Found(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object factory, @Nullable Object name, @Nullable Object b) {
            if (factory != null) {
                calls.found(factory, name instanceof String ? (String) name : null);
            }
            return null;
        }
    }

    /** Enter with the factory and the publisher of a connection. */
    static final class Opened extends OfCalls {
        Opened(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object factory, @Nullable Object publisher, @Nullable Object b) {
            if (factory == null || publisher == null) {
                return null;
            }
            return new Watch(publisher) {
                @Override
                protected Subscribed subscribed() {
                    calls.opening();
                    return new Subscribed() {
                        @Override
                        protected void next(Object connection) {
                            calls.opened(connection, factory);
                        }

                        @Override
                        protected void ended(boolean complete, @Nullable Throwable failure) {
                            calls.openingEnded();
                        }
                    };
                }
            };
        }
    }

    /** Enter with statement, text and connection. */
    static final class Created extends OfCalls {
        Created(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object sql, @Nullable Object connection) {
            if (statement != null && sql instanceof String && connection != null) {
                calls.created(statement, (String) sql, connection);
            }
            return null;
        }
    }

    /** Enter with batch, null and connection. */
    static final class CreatedBatch extends OfCalls {
        CreatedBatch(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object batch, @Nullable Object a, @Nullable Object connection) {
            if (batch != null && connection != null) {
                calls.created(batch, null, connection);
            }
            return null;
        }
    }

    /** Enter with a statement, or a batch and a statement's text. */
    static final class Added extends OfCalls {
        Added(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object sql, @Nullable Object b) {
            if (statement != null) {
                calls.added(statement, sql instanceof String ? (String) sql : null);
            }
            return null;
        }
    }

    /** Enter with statement or batch, and the publisher of its results. */
    static final class Executed extends OfCalls {
        Executed(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object statement, @Nullable Object publisher, @Nullable Object b) {
            Measured measured = statement == null ? null : calls.measured(statement);
            return measured == null || publisher == null ? null : new Run(calls, publisher, measured, true);
        }
    }

    /** Enter with the connection and the publisher of its commit or rollback. */
    static final class TransactionEnd extends OfCalls {
        private final String operation;

        TransactionEnd(R2dbcCalls calls, String operation) {
            super(calls);
            this.operation = operation;
        }

        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object publisher, @Nullable Object b) {
            Measured measured = connection == null ? null : calls.transactionEnd(connection, operation);
            return measured == null || publisher == null ? null : new Run(calls, publisher, measured, false);
        }
    }

    private static final class Run extends Watch {
        private final R2dbcCalls calls;
        private final Measured measured;
        private final boolean statement;

        Run(R2dbcCalls calls, Object publisher, Measured measured, boolean statement) {
            super(publisher);
            this.calls = calls;
            this.measured = measured;
            this.statement = statement;
        }

        @Override
        protected Subscribed subscribed() {
            return calls.begin(measured, statement);
        }
    }

    /** Exit with a result and what it is filtered to. */
    static final class Filtered extends OfCalls {
        Filtered(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public void exit(Object result, @Nullable Object filtered, @Nullable Throwable thrown) {
            R2dbcRun run = filtered == null || filtered == result ? null : calls.run(result);
            if (run != null && filtered != null) {
                calls.gaveOut(filtered, run);
            }
        }
    }

    /** Enter with a result and the publisher of its rows. */
    static class Consumed extends OfCalls {
        Consumed(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        public @Nullable Object enter(@Nullable Object result, @Nullable Object publisher, @Nullable Object b) {
            R2dbcRun run = result == null ? null : calls.run(result);
            return run == null || publisher == null ? null : reading(run, publisher);
        }

        Watch reading(R2dbcRun run, Object publisher) {
            return new Watch(publisher) {
                @Override
                protected Subscribed subscribed() {
                    run.reads();
                    return new R2dbcReading(run);
                }
            };
        }
    }

    /** Enter with a result and the publisher of how many rows were changed. */
    static final class Changed extends Consumed {
        Changed(R2dbcCalls calls) {
            super(calls);
        }

        @Override
        Watch reading(R2dbcRun run, Object publisher) {
            return new Watch(publisher) {
                @Override
                protected Subscribed subscribed() {
                    run.reads();
                    return new R2dbcReading.OfChanges(run);
                }
            };
        }
    }
}
