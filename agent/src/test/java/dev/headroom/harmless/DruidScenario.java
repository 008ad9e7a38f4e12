package dev.headroom.harmless;

import com.alibaba.druid.pool.DruidDataSource;
import javax.sql.DataSource;

final class DruidScenario extends PoolScenario {
    @Override
    DataSource open(String url) {
        DruidDataSource pool = new DruidDataSource();
        pool.setName("every-pool");
        pool.setUrl(url);
        pool.setMaxActive(1);
        pool.setMinIdle(1);
        return pool;
    }

    @Override
    boolean refusesInTheSameWords() {
        return false;
    }
}
