import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** HikariCP. */
final class Source {
    static final String NAME = "shop";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "java.sql.SQLTransientConnectionException";

    /** Connections that the pool opens. */
    static final int CREATED = Integer.getInteger("pool.created");

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private Source() {}

    static DataSource open(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(NAME);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(300);
        config.setJdbcUrl(url);
        return new HikariDataSource(config);
    }

    static void close(DataSource pool) {
        ((HikariDataSource) pool).close();
    }
}
