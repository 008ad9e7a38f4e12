package dev.headroom.harmless;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import javax.sql.DataSource;

final class AgroalScenario extends PoolScenario {
    @Override
    DataSource open(String url) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .initialSize(1)
                        .connectionFactoryConfiguration(
                                factory -> factory.jdbcUrl(url).connectionProviderClassName("org.h2.Driver"))));
    }

    @Override
    boolean refusesInTheSameWords() {
        return false;
    }
}
