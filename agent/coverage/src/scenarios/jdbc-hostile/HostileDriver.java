import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/**
 * A driver whose batches run their statements one by one through its own public methods, whose {@code unwrap}, {@code isWrapperFor},
 * {@code equals}, {@code hashCode} and {@code toString} fail, of which {@code getMetaData} and
 * everything else that only an application may call is refused and counted, and which hands out JDK proxies over its own classes.
 */
public final class HostileDriver implements Driver {
    private static final AtomicInteger ASKED = new AtomicInteger();

    /** Calls of what nobody but the application may call. */
    static int asked() {
        return ASKED.get();
    }

    static AbstractMethodError refused(String what) {
        ASKED.incrementAndGet();
        return new AbstractMethodError(what);
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        HostileStatement first = new HostileStatement(null);
        first.execute("select what the driver wants to know when it connects");
        HostileConnection connection = new HostileConnection();
        return (Connection) proxy(Connection.class, (itself, called, given) -> {
            try {
                return called.invoke(connection, given);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
    }

    static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(HostileDriver.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:hostile:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
