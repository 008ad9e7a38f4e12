package dev.headroom.harmless;

import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

final class DbcpScenario extends PoolScenario {
    @Override
    DataSource open(String url) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        pool.setMaxTotal(1);
        pool.setMaxWait(Duration.ofMillis(GIVE_UP_MILLIS));
        return pool;
    }
}
