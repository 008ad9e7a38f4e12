import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Agroal. It has no name; where it leads stands for it. */
final class Source {
    static final String NAME = "h2:mem:lent";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "java.sql.SQLException";

    /** Connections that the pool opens; 0: not told. */
    static final int CREATED = 0;

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private Source() {}

    static DataSource open(String url, int size) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(size)
                        .initialSize(size)
                        .acquisitionTimeout(Duration.ofSeconds(3))
                        .connectionFactoryConfiguration(factory ->
                                factory.jdbcUrl(url).connectionProviderClassName("org.h2.Driver"))));
    }

    static void close(DataSource pool) {
        ((AgroalDataSource) pool).close();
    }
}
