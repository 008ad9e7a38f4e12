import java.util.logging.LogManager;
import javax.sql.DataSource;
import oracle.ucp.admin.UniversalConnectionPoolManagerImpl;
import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;

/** Oracle's pool, which takes any driver's connections. */
final class Source {
    static final String NAME = "shop";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "oracle.ucp.UniversalConnectionPoolException";

    /** Connections that the pool opens; 0: not told. */
    static final int CREATED = 0;

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private Source() {}

    static DataSource open(String url, int size) throws Exception {
        LogManager.getLogManager().reset();
        PoolDataSource pool = PoolDataSourceFactory.getPoolDataSource();
        pool.setConnectionPoolName(NAME);
        pool.setConnectionFactoryClassName("org.h2.jdbcx.JdbcDataSource");
        pool.setURL(url);
        pool.setMinPoolSize(size);
        pool.setInitialPoolSize(size);
        pool.setMaxPoolSize(size);
        pool.setConnectionWaitTimeout(3);
        return pool;
    }

    static void close(DataSource pool) throws Exception {
        UniversalConnectionPoolManagerImpl.getUniversalConnectionPoolManager().destroyConnectionPool(NAME);
    }
}
