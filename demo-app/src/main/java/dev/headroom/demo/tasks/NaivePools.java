package dev.headroom.demo.tasks;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** The guide's pool, and beside it what it warns of: no pool at all, a pool far too small, and one far too large with its repair. */
@Configuration(proxyBeanMethods = false)
class NaivePools {
    /** How long a write waits for one of the two connections before it fails. */
    private static final long PATIENCE_MILLIS = 1_000;

    @Bean
    @Primary
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource pool(DataSourceProperties properties) {
        return properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
    }

    @Bean
    @Primary
    JdbcClient jdbc(DataSource pool) {
        return JdbcClient.create(pool);
    }

    @Bean
    @Primary
    PlatformTransactionManager transactionManager(DataSource pool) {
        return new DataSourceTransactionManager(pool);
    }

    @Bean
    JdbcClient unpooled(DataSourceProperties properties) {
        DriverManagerDataSource connections = new DriverManagerDataSource(properties.determineUrl());
        connections.setUsername(properties.determineUsername());
        connections.setPassword(properties.determinePassword());
        return JdbcClient.create(connections);
    }

    @Bean(defaultCandidate = false)
    HikariDataSource smallPool(DataSourceProperties properties) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName("tasks-small");
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(PATIENCE_MILLIS);
        return pool;
    }

    /** For statements without Spring: as many connections as the guide's pool has, for one statement now and then. */
    @Bean(defaultCandidate = false)
    HikariDataSource plainPool(DataSourceProperties properties) {
        // planted: pool-size of tasks-plain
        return countingPool(properties, "tasks-plain", 30);
    }

    /** For the same statements, of the optimised routes. */
    @Bean(defaultCandidate = false)
    HikariDataSource fittingPool(DataSourceProperties properties) {
        // repaired: pool-size of tasks-fitting
        return countingPool(properties, "tasks-fitting", 4);
    }

    @Bean
    JdbcClient fitting(@Qualifier("fittingPool") DataSource pool) {
        return JdbcClient.create(pool);
    }

    @Bean
    JdbcClient small(@Qualifier("smallPool") DataSource pool) {
        return JdbcClient.create(pool);
    }

    @Bean
    TransactionOperations smallTransactions(@Qualifier("smallPool") DataSource pool) {
        return new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    private static HikariDataSource countingPool(DataSourceProperties properties, String name, int connections) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        pool.setPoolName(name);
        pool.setSchema("tasks");
        pool.setMinimumIdle(2);
        pool.setMaximumPoolSize(connections);
        return pool;
    }
}
