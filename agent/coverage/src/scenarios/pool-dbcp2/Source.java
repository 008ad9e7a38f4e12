import java.sql.SQLException;
import org.apache.commons.dbcp2.BasicDataSource;
import javax.sql.DataSource;

/** Commons DBCP 2. It has no name of its own; where it leads stands for it. */
final class Source {
    static final String NAME = "h2:mem:lent";

    /** What a borrower gets who waits in vain, as the hook sees it. */
    static final String GAVE_UP = "java.util.NoSuchElementException";

    /** Connections that the pool opens. */
    static final int CREATED = 2;

    static final boolean TELLS_USE = true;
    static final boolean TELLS_SIZE = true;

    private Source() {}

    @SuppressWarnings("deprecation") // the newer setter is not in 2.0
    static DataSource open(String url, int size) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        pool.setDriverClassName("org.h2.Driver");
        pool.setMaxTotal(size);
        pool.setMaxIdle(size);
        pool.setMaxWaitMillis(300);
        return pool;
    }

    static void close(DataSource pool) throws SQLException {
        ((BasicDataSource) pool).close();
    }
}
