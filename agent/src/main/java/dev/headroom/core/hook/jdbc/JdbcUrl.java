package dev.headroom.core.hook.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC URL says about the database: its system and its name. User, password and every other parameter are never looked at.
 * Immutable.
 */
final class JdbcUrl {
    private static final int MAX_NAMESPACE = 128;

    final String system;

    /** Name of the database, or null when the URL does not tell. */
    final @Nullable String namespace;

    private JdbcUrl(String system, @Nullable String namespace) {
        this.system = system;
        this.namespace =
                namespace == null || namespace.isEmpty() || namespace.length() > MAX_NAMESPACE ? null : namespace;
    }

    static JdbcUrl parse(String url) {
        String rest = withoutWrapper(url);
        int colon = rest.indexOf(':');
        String scheme = (colon < 0 ? rest : rest.substring(0, colon)).toLowerCase(Locale.ROOT);
        String address = colon < 0 ? "" : rest.substring(colon + 1);
        switch (scheme) {
            case "postgresql":
                return new JdbcUrl("postgresql", lastPath(address));
            case "mysql":
                return new JdbcUrl("mysql", lastPath(afterMode(address)));
            case "mariadb":
                return new JdbcUrl("mariadb", lastPath(afterMode(address)));
            case "sqlserver":
                return new JdbcUrl("microsoft.sql_server", property(address, "databasename", "database"));
            case "oracle":
                return new JdbcUrl("oracle.db", oracle(address));
            case "h2":
                return new JdbcUrl("h2database", file(address));
            case "hsqldb":
                return new JdbcUrl("hsqldb", file(address));
            case "sqlite":
                return new JdbcUrl("sqlite", file(address));
            case "duckdb":
                return new JdbcUrl("duckdb", file(address));
            case "derby":
                return new JdbcUrl("derby", file(address));
            case "db2":
                return new JdbcUrl("ibm.db2", lastPath(address));
            case "clickhouse":
            case "ch":
                return new JdbcUrl("clickhouse", lastPath(address));
            default:
                return new JdbcUrl("other_sql", null);
        }
    }

    /** Without {@code jdbc:} and the names of wrapping drivers. */
    private static String withoutWrapper(String url) {
        String rest = url.startsWith("jdbc:") ? url.substring(5) : url;
        for (String wrapper : new String[] {"p6spy:", "aws-wrapper:", "tc:", "otel:", "datasource-proxy:"}) {
            if (rest.startsWith(wrapper)) {
                rest = rest.substring(wrapper.length());
            }
        }
        return rest;
    }

    /** Without {@code loadbalance:}, {@code replication:} and the like. */
    private static String afterMode(String address) {
        int slashes = address.indexOf("//");
        return slashes > 0 ? address.substring(slashes) : address;
    }

    private static String withoutParameters(String address) {
        int end = address.length();
        for (char c : new char[] {'?', ';', '#'}) {
            int at = address.indexOf(c);
            end = at >= 0 && at < end ? at : end;
        }
        return address.substring(0, end);
    }

    /** {@code //host:port/name?..}, or {@code name} alone. A password in front of the host may hold any character. */
    private static @Nullable String lastPath(String address) {
        String plain = withoutParameters(address);
        int slash = -1;
        if (plain.startsWith("//")) {
            int host = Math.max(2, plain.lastIndexOf('@') + 1);
            slash = plain.indexOf('/', host);
            if (slash < 0 || !isHost(plain.substring(host, slash))) {
                return null;
            }
        }
        String name = plain.substring(slash + 1);
        int colon = name.indexOf(':'); // DB2 puts properties behind the name.
        return colon < 0 ? name : name.substring(0, colon);
    }

    /** Whether digits alone follow its last colon, as a port; else it may be a name and the begin of a password. */
    private static boolean isHost(String hosts) {
        String authority = hosts.substring(hosts.lastIndexOf(',') + 1);
        for (int i = authority.length() - 1; i >= 0; i--) {
            char c = authority.charAt(i);
            if (c == ':' || c == ']') {
                return true;
            }
            if (c < '0' || c > '9') {
                return authority.indexOf(':') < 0 || authority.indexOf('(') >= 0;
            }
        }
        return true;
    }

    /** The last part of a path, whatever stands before it: {@code mem:}, {@code file:}, {@code tcp://host/}, folders. */
    private static String file(String address) {
        String plain = withoutParameters(address);
        int at = Math.max(plain.lastIndexOf('/'), Math.max(plain.lastIndexOf(':'), plain.lastIndexOf('\\')));
        return plain.substring(at + 1);
    }

    private static @Nullable String property(String address, String... keys) {
        for (String part : address.split(";", -1)) {
            int equals = part.indexOf('=');
            for (String key : keys) {
                if (equals > 0 && part.substring(0, equals).trim().equalsIgnoreCase(key)) {
                    return part.substring(equals + 1).trim();
                }
            }
        }
        return null;
    }

    /** {@code thin:user/password@//host:1521/service}, {@code thin:@host:1521:sid}. */
    private static @Nullable String oracle(String address) {
        int at = address.lastIndexOf('@');
        if (at < 0 || address.indexOf('(', at) >= 0) {
            return null;
        }
        String place = withoutParameters(address.substring(at + 1));
        int slash = place.lastIndexOf('/');
        int colon = place.lastIndexOf(':');
        int from = Math.max(slash, colon);
        return from < 0 ? place : place.substring(from + 1);
    }
}
