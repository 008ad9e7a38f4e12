package dev.headroom.core.weave;

import java.util.HashMap;
import java.util.Map;

/**
 * What the JDK's own types extend, as far as a hook may ask: the interfaces of JDBC, which are the same since Java 8. Known by heart,
 * because reading the JDK's class files takes locks and properties that an application may hold while it waits for a class.
 * Immutable.
 */
final class JdkParents {
    private static final String SQL = "java/sql/";
    private static final String SQL_EXTENSION = "javax/sql/";
    private static final String[] NONE = {};
    private static final Map<String, String[]> PARENTS = new HashMap<>();

    static {
        String wrapper = SQL + "Wrapper";
        for (String type : new String[] {
            "Connection", "DatabaseMetaData", "ParameterMetaData", "ResultSet", "ResultSetMetaData", "Statement"
        }) {
            put(SQL + type, wrapper);
        }
        put(SQL + "PreparedStatement", SQL + "Statement");
        put(SQL + "CallableStatement", SQL + "PreparedStatement");
        String source = SQL_EXTENSION + "CommonDataSource";
        put(SQL_EXTENSION + "DataSource", source, wrapper);
        put(SQL_EXTENSION + "ConnectionPoolDataSource", source);
        put(SQL_EXTENSION + "XADataSource", source);
        put(SQL_EXTENSION + "XAConnection", SQL_EXTENSION + "PooledConnection");
        put(SQL_EXTENSION + "RowSet", SQL + "ResultSet");
        String sets = SQL_EXTENSION + "rowset/";
        put(sets + "JdbcRowSet", SQL_EXTENSION + "RowSet", sets + "Joinable");
        put(sets + "CachedRowSet", SQL_EXTENSION + "RowSet", sets + "Joinable");
        put(sets + "WebRowSet", sets + "CachedRowSet");
        put(sets + "FilteredRowSet", sets + "WebRowSet");
        put(sets + "JoinRowSet", sets + "WebRowSet");
        put(sets + "spi/SyncResolver", SQL_EXTENSION + "RowSet");
        put(sets + "spi/TransactionalWriter", SQL_EXTENSION + "RowSetWriter");
        put(sets + "spi/XmlReader", SQL_EXTENSION + "RowSetReader");
        put(sets + "spi/XmlWriter", SQL_EXTENSION + "RowSetWriter");
        put(SQL_EXTENSION + "RowSetMetaData", SQL + "ResultSetMetaData");
        put(SQL + "NClob", SQL + "Clob");
    }

    private JdkParents() {}

    private static void put(String type, String... parents) {
        PARENTS.put(type, parents);
    }

    /** Whether the type is the JDK's, so that nothing else of it need be known. */
    static boolean ofTheJdk(String internalName) {
        return internalName.startsWith("java/") || internalName.startsWith(SQL_EXTENSION);
    }

    /** Interfaces that the type extends directly, of JDBC only. */
    static String[] of(String internalName) {
        String[] parents = PARENTS.get(internalName);
        return parents == null ? NONE : parents;
    }
}
