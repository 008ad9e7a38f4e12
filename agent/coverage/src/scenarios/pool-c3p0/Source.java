import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.mchange.v2.c3p0.PooledDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;

/** c3p0. */
final class Source {
    static final String NAME = "shop";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "java.sql.SQLException";

    /** Connections that the pool opens; 0: not told. */
    static final int CREATED = 0;

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private Source() {}

    static DataSource open(String url, int size) throws Exception {
        System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.FallbackMLog");
        System.setProperty("com.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL", "OFF");
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setDataSourceName(NAME);
        pool.setDriverClass("org.h2.Driver");
        pool.setJdbcUrl(url);
        pool.setMinPoolSize(size);
        pool.setInitialPoolSize(size);
        pool.setMaxPoolSize(size);
        pool.setCheckoutTimeout(3_000);
        return pool;
    }

    static void close(DataSource pool) throws SQLException {
        ((PooledDataSource) pool).close();
    }
}
