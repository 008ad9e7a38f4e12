package dev.headroom.harmless;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

final class HikariScenario extends PoolScenario {
    @Override
    DataSource open(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("every-pool");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(GIVE_UP_MILLIS);
        config.setJdbcUrl(url);
        return new HikariDataSource(config);
    }
}
