import com.alibaba.druid.pool.DruidDataSource;
import javax.sql.DataSource;

/** Druid. */
final class Source {
    static final String NAME = "shop";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "com.alibaba.druid.pool.GetConnectionTimeoutException";

    /** Connections that the pool opens; 0: not told. */
    static final int CREATED = 0;

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private Source() {}

    static DataSource open(String url, int size) {
        DruidDataSource pool = new DruidDataSource();
        pool.setName(NAME);
        pool.setUrl(url);
        pool.setDriverClassName("org.h2.Driver");
        pool.setMaxActive(size);
        pool.setMinIdle(0);
        pool.setMaxWait(3_000);
        return pool;
    }

    static void close(DataSource pool) {
        ((DruidDataSource) pool).close();
    }
}
