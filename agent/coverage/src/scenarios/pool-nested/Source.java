import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** HikariCP with connections of Tomcat's pool: borrowers wait at the outer pool, and only there. */
final class Source {
    static final String NAME = "shop";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "java.sql.SQLTransientConnectionException";

    /** Connections that the outer pool opens. */
    static final int CREATED = 2;

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private static org.apache.tomcat.jdbc.pool.DataSource inner;

    private Source() {}

    static DataSource open(String url, int size) {
        PoolProperties properties = new PoolProperties();
        properties.setName("inner");
        properties.setUrl(url);
        properties.setDriverClassName("org.h2.Driver");
        properties.setMaxActive(size);
        properties.setMinIdle(size);
        properties.setInitialSize(size);
        properties.setJmxEnabled(false);
        inner = new org.apache.tomcat.jdbc.pool.DataSource(properties);
        HikariConfig config = new HikariConfig();
        config.setPoolName(NAME);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(300);
        config.setDataSource(inner);
        return new HikariDataSource(config);
    }

    static void close(DataSource pool) {
        ((HikariDataSource) pool).close();
        inner.close();
        String name = "db.client.connection.pool.name=inner";
        Expect.none("db.client.connection.wait_time", name);
        Expect.none("db.client.connection.use_time", name);
        Expect.count("db.client.connection.create_time", 2, name);
    }
}
