package dev.headroom.core.hook.redis;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.function.IntSupplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.scaffold.TypeValidation;

/** A statement that asks no database. Its other methods are missing, and nobody calls them. */
public abstract class CheapStatement implements Statement {
    private final Connection connection = (Connection) Proxy.newProxyInstance(
            CheapStatement.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> null);
    private int executed;

    @Override
    public int executeUpdate(String sql) {
        executed += sql.length();
        return executed;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    /** Runs the same text again and again. */
    public static final class Caller implements IntSupplier {
        private final CheapStatement statement;

        public Caller() throws ReflectiveOperationException {
            statement = new ByteBuddy()
                    .with(TypeValidation.DISABLED)
                    .subclass(CheapStatement.class)
                    .name(CheapStatement.class.getName() + "$Whole")
                    .make()
                    .load(CheapStatement.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                    .getLoaded()
                    .getDeclaredConstructor()
                    .newInstance();
        }

        @Override
        public int getAsInt() {
            return statement.executeUpdate("update pet set name = 'Leo' where id = 17");
        }
    }
}
