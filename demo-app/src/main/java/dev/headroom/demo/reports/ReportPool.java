package dev.headroom.demo.reports;

import com.zaxxer.hikari.HikariDataSource;
import dev.headroom.demo.DemoProperties;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.stereotype.Component;

/** The pool "reports". Not a {@code DataSource} bean: the shop's own pool stays the only one. */
@Component
class ReportPool implements AutoCloseable {
    private final HikariDataSource pool;

    ReportPool(DataSourceProperties database, DemoProperties properties) {
        pool = database.initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName("reports");
        pool.setMaximumPoolSize(properties.reports().connections());
        pool.setConnectionTimeout(properties.reports().patience().toMillis());
    }

    /** Throws {@code SQLTransientConnectionException} when no connection became free in time. */
    Connection borrow() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
