package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import java.util.NoSuchElementException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Commons DBCP 2, and the copy of it that Tomcat brings along. Its pool is a pool of anything: it is measured where its factory makes
 * connections, other pools pass by after one look at their factory's class.
 */
public final class Dbcp2Hook extends Hook {
    private static final String NAME = "dbcp2";

    public Dbcp2Hook(Recorder recorder) {
        super(NAME, "org.apache.commons:commons-dbcp2, org.apache.tomcat:tomcat-dbcp", "2.0 to 2.13, 8.5 to 11");
        Names names = new Names(recorder);
        Pools pools = new Pools(NAME, new Dbcp2(names), recorder);
        weave("org.apache.commons.dbcp2.", "org.apache.commons.pool2.", pools, names);
        weave("org.apache.tomcat.dbcp.dbcp2.", "org.apache.tomcat.dbcp.pool2.", pools, names);
    }

    private void weave(String dbcp, String pool2, Pools pools, Names names) {
        String factory = dbcp + "PoolableConnectionFactory";
        Wait wait = new Wait(pools);
        PoolProbes.Returned returned = new PoolProbes.Returned(pools);
        type(dbcp + "BasicDataSource")
                .weave(method("createPoolableConnectionFactory", dbcp + "ConnectionFactory")
                        .advice(Advices.RETURNED)
                        .probe(names));
        PoolProbes.Create create = new PoolProbes.Create(pools);
        type(factory)
                .firstOf(
                        method("makeObject")
                                .needs(factory, "pool")
                                .advice(nested("Made"))
                                .probe(create),
                        method("makeObject")
                                .needs(factory, "_pool")
                                .advice(nested("MadeBefore"))
                                .probe(create));
        type(pool2 + "impl.GenericObjectPool")
                .weave(
                        method("borrowObject", "long").advice(nested("Lent")).probe(wait),
                        method("borrowObject", "java.time.Duration")
                                .advice(nested("Lent"))
                                .probe(wait),
                        method("returnObject", "java.lang.Object")
                                .advice(PoolAdvices.ENTRY)
                                .probe(returned),
                        method("invalidateObject", "java.lang.Object")
                                .advice(PoolAdvices.ENTRY)
                                .probe(returned),
                        method("invalidateObject", "java.lang.Object", pool2 + "DestroyMode")
                                .advice(PoolAdvices.ENTRY)
                                .probe(returned),
                        method("close").advice(Advices.CALLED).probe(new PoolProbes.Closed(pools)));
    }

    /** A borrow from a pool whose factory makes connections. */
    private static final class Wait extends PoolProbes.Wait {
        private static final ClassValue<Boolean> CONNECTIONS = new ClassValue<Boolean>() {
            @Override
            protected Boolean computeValue(Class<?> factory) {
                for (Class<?> each = factory; each != null; each = each.getSuperclass()) {
                    if (each.getName().endsWith(".dbcp2.PoolableConnectionFactory")) {
                        return true;
                    }
                }
                return false;
            }
        };

        Wait(Pools pools) {
            super(pools);
        }

        @Override
        public @Nullable Object enter(@Nullable Object pool, @Nullable Object name, @Nullable Object factory) {
            return factory != null && CONNECTIONS.get(factory.getClass()) ? super.enter(pool, name, factory) : null;
        }
    }

    /** By factory, what the data source that made it is called: the pool itself does not know. */
    private static final class Names extends Probe {
        private static final int MAX_FACTORIES = 1_000;

        private final WeakIdentityMap<String> byFactory = new WeakIdentityMap<>(MAX_FACTORIES);

        Names(Recorder recorder) {
            recorder.gauges(
                    new Gauges() { // A reading of nothing: the agent's thread passes by once per window.
                        @Override
                        public void read(Sink sink) {
                            byFactory.purge();
                        }
                    });
        }

        @Override
        public void exit(Object dataSource, @Nullable Object factory, @Nullable Throwable thrown) {
            if (factory != null) {
                String name = PoolLibrary.text(dataSource, "getJmxName");
                byFactory.put(
                        factory, name == null ? PoolName.of(PoolLibrary.text(dataSource, "getUrl"), "DBCP") : name);
            }
        }

        String of(@Nullable Object factory) {
            String name = factory == null ? null : byFactory.get(factory);
            return name == null ? "DBCP" : name;
        }
    }

    private static final class Dbcp2 extends PoolLibrary {
        private final Names names;

        Dbcp2(Names names) {
            this.names = names;
        }

        @Override
        int used(Pool pool) {
            return number(pool.itself(), "getNumActive");
        }

        @Override
        int idle(Pool pool) {
            return number(pool.itself(), "getNumIdle");
        }

        @Override
        int waiting(Pool pool) {
            return number(pool.itself(), "getNumWaiters");
        }

        @Override
        int max(Pool pool) {
            return number(pool.itself(), "getMaxTotal"); // negative: no limit
        }

        @Override
        String name(Object pool, @Nullable Object factory) {
            return names.of(factory);
        }

        /** A connection that proved useless is told by the same type, with a message or a cause of its own. */
        @Override
        boolean timedOut(Throwable thrown) {
            String message = thrown.getMessage();
            return thrown instanceof NoSuchElementException
                    && thrown.getCause() == null
                    && (message == null || !message.startsWith("Unable to "));
        }
    }

    static final class Lent {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.FieldValue(value = "factory", typing = Assigner.Typing.DYNAMIC) Object factory) {
            return HeadroomBridge.live.enter(hook, self, null, factory);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object connection,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, connection, thrown);
            }
        }
    }

    static final class Made {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This Object factory,
                @Advice.FieldValue(value = "pool", typing = Assigner.Typing.DYNAMIC) Object pool) {
            return HeadroomBridge.live.enter(hook, pool, null, factory);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }

    /** Until 2.1 the field had another name. */
    static final class MadeBefore {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This Object factory,
                @Advice.FieldValue(value = "_pool", typing = Assigner.Typing.DYNAMIC) Object pool) {
            return HeadroomBridge.live.enter(hook, pool, null, factory);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }
}
