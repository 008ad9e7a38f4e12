package dev.headroom.harmless;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import java.lang.reflect.Proxy;
import javax.sql.DataSource;

final class C3p0Scenario extends PoolScenario {
    private static final int ENOUGH_MILLIS = 10_000;

    @Override
    DataSource open(String url) {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(url);
        pool.setMinPoolSize(1);
        pool.setInitialPoolSize(1);
        pool.setMaxPoolSize(1);
        pool.setCheckoutTimeout(ENOUGH_MILLIS);
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class, AutoCloseable.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        pool.close();
                        return null;
                    }
                    return method.invoke(pool, arguments);
                });
    }

    @Override
    boolean refusesInTheSameWords() {
        return false;
    }
}
