package dev.headroom.harmless;

import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

final class TomcatPoolScenario extends PoolScenario {
    @Override
    javax.sql.DataSource open(String url) {
        PoolProperties properties = new PoolProperties();
        properties.setName("every-pool");
        properties.setUrl(url);
        properties.setDriverClassName("org.h2.Driver");
        properties.setMaxActive(1);
        properties.setMaxIdle(1);
        properties.setMinIdle(1);
        properties.setInitialSize(1);
        properties.setMaxWait(GIVE_UP_MILLIS);
        return new Closing(properties);
    }

    /** Its own type can be closed, but does not say so. */
    private static final class Closing extends DataSource implements AutoCloseable {
        Closing(PoolProperties properties) {
            super(properties);
        }
    }
}
