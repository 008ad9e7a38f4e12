import org.apache.tomcat.jdbc.pool.PoolProperties;
import javax.sql.DataSource;

/** Tomcat's JDBC pool, with connections of its own at the start. */
final class Source {
    static final String NAME = "shop";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "org.apache.tomcat.jdbc.pool.PoolExhaustedException";

    /** Connections that the pool opens. */
    static final int CREATED = 2;

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private Source() {}

    static DataSource open(String url, int size) {
        PoolProperties properties = new PoolProperties();
        properties.setName(NAME);
        properties.setUrl(url);
        properties.setDriverClassName("org.h2.Driver");
        properties.setMaxActive(size);
        properties.setMaxIdle(size);
        properties.setMinIdle(1);
        properties.setInitialSize(1);
        properties.setMaxWait(300);
        properties.setJmxEnabled(false);
        return new org.apache.tomcat.jdbc.pool.DataSource(properties);
    }

    static void close(DataSource pool) {
        ((org.apache.tomcat.jdbc.pool.DataSource) pool).close();
    }
}
