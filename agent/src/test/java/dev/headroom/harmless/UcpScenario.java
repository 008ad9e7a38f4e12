package dev.headroom.harmless;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import oracle.ucp.admin.UniversalConnectionPoolManagerImpl;
import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;

final class UcpScenario extends PoolScenario {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    DataSource open(String url) throws SQLException {
        String name = "pool " + NUMBER.incrementAndGet();
        PoolDataSource pool = PoolDataSourceFactory.getPoolDataSource();
        pool.setConnectionPoolName(name);
        pool.setConnectionFactoryClassName("org.h2.jdbcx.JdbcDataSource");
        pool.setURL(url);
        pool.setMinPoolSize(1);
        pool.setInitialPoolSize(1);
        pool.setMaxPoolSize(1);
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class, AutoCloseable.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        UniversalConnectionPoolManagerImpl.getUniversalConnectionPoolManager()
                                .destroyConnectionPool(name);
                        return null;
                    }
                    try {
                        return method.invoke(pool, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Override
    boolean refusesInTheSameWords() {
        return false;
    }
}
