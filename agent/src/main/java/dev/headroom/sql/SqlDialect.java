package dev.headroom.sql;

/** What differs between databases in where a literal begins and ends. Immutable. */
public enum SqlDialect {
    /** Double quotes and backslashes may mean either thing: what is not certain is taken for a literal. */
    UNKNOWN(true, Backslash.AMBIGUOUS, false, true),
    /** Oracle, H2, HSQLDB, Derby, DB2. */
    ANSI(false, Backslash.PLAIN, false, true),
    POSTGRESQL(false, Backslash.PLAIN, false, true),
    /** MySQL and MariaDB. */
    MYSQL(true, Backslash.ESCAPE, false, false),
    /** SQL Server and SQLite: names in brackets. */
    BRACKETS(false, Backslash.PLAIN, true, false);

    /** What a backslash does inside a string. */
    enum Backslash {
        PLAIN,
        ESCAPE,
        AMBIGUOUS
    }

    final boolean doubleQuotedStrings;
    final Backslash backslash;
    final boolean bracketedNames;
    final boolean dollarQuotes;

    SqlDialect(boolean doubleQuotedStrings, Backslash backslash, boolean bracketedNames, boolean dollarQuotes) {
        this.doubleQuotedStrings = doubleQuotedStrings;
        this.backslash = backslash;
        this.bracketedNames = bracketedNames;
        this.dollarQuotes = dollarQuotes;
    }

    /** The dialect of a {@code db.system.name}. */
    public static SqlDialect of(String system) {
        switch (system) {
            case "postgresql":
                return POSTGRESQL;
            case "mysql":
            case "mariadb":
                return MYSQL;
            case "microsoft.sql_server":
            case "sqlite":
                return BRACKETS;
            case "oracle.db":
            case "h2database":
            case "hsqldb":
            case "derby":
            case "ibm.db2":
                return ANSI;
            default:
                return UNKNOWN;
        }
    }
}
