package dev.headroom.secrets;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** SQL on PostgreSQL with somebody's data in every place that can hold some. */
final class Statements {

    private final String jdbcUrl;
    private final Connection connection;

    Statements(String jdbcUrl) throws SQLException {
        this.jdbcUrl = jdbcUrl;
        Properties login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty("password", Marks.token("sql-login-property"));
        connection = DriverManager.getConnection(
                jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "ApplicationName=" + Marks.token("sql-url-application"),
                login);
        run("CREATE TABLE IF NOT EXISTS zoo (id bigint PRIMARY KEY, name text, data jsonb, born date, raw bytea)");
    }

    /** Each form of a literal, first as one that runs, then as one that the server refuses. */
    void literals() throws SQLException {
        String[] forms = {
            "SELECT id FROM zoo WHERE name = '" + Marks.token("sql-single") + "'",
            "SELECT id FROM zoo WHERE name = 'it''s " + Marks.token("sql-doubled-quote") + "'",
            "SELECT id FROM zoo WHERE name = E'a\\'b " + Marks.token("sql-escaped") + "\\n'",
            "SELECT id FROM zoo WHERE name = $$" + Marks.token("sql-dollar") + "$$",
            "SELECT id FROM zoo WHERE name = $tag$ $$ ' " + Marks.token("sql-tagged-dollar") + "$tag$",
            "SELECT id FROM zoo WHERE name = N'" + Marks.token("sql-national") + "'",
            "SELECT id FROM zoo WHERE name = U&'" + Marks.token("sql-unicode") + "'",
            "SELECT id FROM zoo WHERE name = 'two '\n  '" + Marks.token("sql-continued") + "'",
            "SELECT id FROM zoo WHERE raw = '\\x" + Marks.hex("sql-bytea") + "'::bytea",
            "SELECT X'" + Marks.hex("sql-hex") + "', B'10'",
            "SELECT id FROM zoo WHERE id = " + Marks.digits("sql-number"),
            "SELECT id FROM zoo WHERE id = -" + Marks.digits("sql-negative"),
            "SELECT id FROM zoo WHERE id > 1." + Marks.digits("sql-fraction"),
            "SELECT id FROM zoo WHERE id = " + Marks.digits("sql-cast") + "::bigint",
            "SELECT id FROM zoo WHERE born = DATE '1987-03-29' OR name = '"
                    + Marks.name("sql-name").replace("'", "''") + "'",
            "SELECT id FROM zoo WHERE born > now() - INTERVAL '"
                    + Marks.digits("sql-interval").substring(9) + " days'",
            "SELECT id FROM zoo WHERE name IN ('a','" + Marks.token("sql-in") + "',NULL, lower('"
                    + Marks.token("sql-in-call") + "'))",
            "SELECT id FROM zoo WHERE (id, name) IN ((1, '" + Marks.email("sql-in-row") + "'))",
            "SELECT id FROM zoo WHERE name = ANY (ARRAY['" + Marks.token("sql-array") + "'])",
            "SELECT id FROM zoo WHERE name = ANY ('{" + Marks.token("sql-array-text") + "}')",
            "SELECT data->>'" + Marks.token("sql-json-key") + "' FROM zoo",
            "SELECT data#>>'{a," + Marks.token("sql-json-path") + "}' FROM zoo",
            "SELECT id FROM zoo WHERE data @> '{\"iban\":\"" + Marks.token("sql-json") + "\"}'",
            "SELECT id FROM zoo WHERE name LIKE '%" + Marks.token("sql-like") + "%' ESCAPE '#'",
            "SELECT id FROM zoo /* for " + Marks.token("sql-comment") + " */ WHERE id = 1",
            "SELECT id FROM zoo -- for '" + Marks.token("sql-line-comment") + "'\nWHERE id = 1",
            "/* /* " + Marks.token("sql-nested-comment") + " */ ' */ SELECT id FROM zoo",
            "SELECT id\n  FROM zoo\n WHERE name = 'line one\n" + Marks.token("sql-multi-line") + "\nline three'\n",
            "SELECT CASE WHEN name = '" + Marks.token("sql-case") + "' THEN '" + Marks.token("sql-then")
                    + "' END FROM zoo",
            "WITH q AS (SELECT '" + Marks.token("sql-with") + "' AS n) SELECT id FROM zoo, q WHERE name = n",
            "SELECT format('%s', '" + Marks.token("sql-argument") + "') || '" + Marks.token("sql-concat") + "'",
            "SELECT 1 UNION SELECT 2 LIMIT 1 OFFSET "
                    + Marks.digits("sql-offset").substring(8),
            "SET application_name = '" + Marks.token("sql-set") + "'",
            "SET my.tenant TO " + Marks.token("sql-set-bare"),
            "SELECT set_config('my.user', '" + Marks.email("sql-config") + "', false)",
            "DO $do$ BEGIN PERFORM '" + Marks.token("sql-do") + "'; END $do$",
            "NOTIFY zoo, '" + Marks.token("sql-notify") + "'",
            "COMMENT ON TABLE zoo IS '" + Marks.token("sql-comment-on") + "'",
            "CREATE ROLE keeper PASSWORD '" + Marks.token("sql-role") + "'",
            "ALTER ROLE keeper WITH ENCRYPTED PASSWORD '" + Marks.token("sql-alter-role") + "'",
            "INSERT INTO zoo (id, name) VALUES (1, '" + Marks.token("sql-insert") + "'), (2, '"
                    + Marks.token("sql-second-row") + "')",
            "UPDATE zoo SET name = '" + Marks.token("sql-update") + "' WHERE id = 1 RETURNING name",
            "DELETE FROM zoo WHERE name='" + Marks.token("sql-delete") + "'AND'a'='" + Marks.token("sql-no-blank")
                    + "'",
            "SELECT pg_sleep(0.3), '" + Marks.token("sql-slow") + "'",
            "SELECT 1; SELECT '" + Marks.token("sql-second-statement") + "'",
            "EXECUTE IMMEDIATE '" + Marks.token("sql-immediate") + "'",
            "SELECT id FROM zoo WHERE name = q'[" + Marks.token("sql-oracle") + "]'",
            "SELECT id FROM zoo WHERE name = _utf8'" + Marks.token("sql-introducer") + "'",
            "CREATE USER mike IDENTIFIED BY " + Marks.token("sql-identified"),
            "SELECT id FROM zoo WHERE name = '" + Marks.token("sql-unclosed"),
            "SELECT id FROM zoo /* " + Marks.token("sql-unclosed-comment"),
            "SELECT id FROM zoo WHERE id = '" + Marks.token("sql-not-a-number") + "'::bigint",
            "INSERT INTO zoo (id, name) VALUES (1, '" + Marks.token("sql-duplicate") + "')",
            "SELECT jsonb '{\"a\": " + Marks.token("sql-broken-json") + "'",
        };
        for (String form : forms) {
            run(form);
        }
    }

    /** Values beside the text. */
    void parameters() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO zoo (id, name, data, raw) VALUES (?, ?, ?::jsonb, ?)")) {
            for (int i = 0; i < 5; i++) {
                insert.setLong(1, Long.parseLong(Marks.digits("parameter-number-" + i)));
                insert.setString(2, Marks.name("parameter-text-" + i));
                insert.setString(3, "{\"a\":\"" + Marks.token("parameter-json-" + i) + "\"}");
                insert.setBytes(
                        4, Marks.token("parameter-bytes-" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT data FROM zoo WHERE name = ?")) {
            select.setString(1, Marks.email("parameter-email"));
            select.executeQuery().close();
        }
        try (PreparedStatement wrong = connection.prepareStatement("SELECT id FROM zoo WHERE id = ?::bigint")) {
            wrong.setString(1, Marks.token("parameter-refused"));
            wrong.executeQuery().close();
            throw new IllegalStateException("a word was taken for a number");
        } catch (SQLException refused) {
            // that is the case
        }
        try (Statement batch = connection.createStatement()) {
            batch.addBatch("INSERT INTO zoo (id, name) VALUES (91, '" + Marks.token("batch-first") + "')");
            batch.addBatch("INSERT INTO zoo (id, name) VALUES (92, '" + Marks.token("batch-second") + "')");
            batch.executeBatch();
        }
    }

    /** Connections of every driver, with their passwords where each takes them. */
    void logins() throws SQLException {
        List<String> urls = List.of(
                "jdbc:postgresql://127.0.0.1:1/zoo?user=keeper&password=" + Marks.token("url-postgres-parameter"),
                "jdbc:postgresql://keeper:" + Marks.token("url-postgres-authority") + "@127.0.0.1:1/zoo",
                "jdbc:mysql://keeper:" + Marks.token("url-mysql") + "@127.0.0.1:1/zoo",
                "jdbc:mysql://(host=127.0.0.1,port=1,password=" + Marks.token("url-mysql-block") + ")/zoo",
                "jdbc:mysql://address=(host=127.0.0.1)(password=" + Marks.token("url-mysql-address") + ")/zoo",
                "jdbc:mariadb://127.0.0.1:1/zoo?password=" + Marks.token("url-mariadb"),
                "jdbc:oracle:thin:keeper/" + Marks.token("url-oracle") + "@127.0.0.1:1:zoo",
                "jdbc:oracle:thin:keeper/" + Marks.token("url-oracle-service") + "@//127.0.0.1:1/zoo",
                "jdbc:sqlserver://127.0.0.1:1;databaseName=zoo;user=keeper;password=" + Marks.token("url-sqlserver"),
                "jdbc:h2:tcp://127.0.0.1:1/zoo;USER=keeper;PASSWORD=" + Marks.token("url-h2"),
                "jdbc:db2://127.0.0.1:1/zoo:user=keeper;password=" + Marks.token("url-db2") + ";",
                "jdbc:clickhouse://keeper:" + Marks.token("url-clickhouse") + "@127.0.0.1:1/zoo",
                "jdbc:mysql://keeper:a/" + Marks.token("url-slash") + "@127.0.0.1:1/zoo",
                "jdbc:unheard:" + Marks.token("url-unheard"));
        for (String url : urls) {
            try (Connection pretended = new Pretended(jdbcUrl).connect(url, new Properties());
                    Statement statement = pretended.createStatement()) {
                statement.executeQuery("SELECT id FROM zoo").close();
            }
        }
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            if (refused.getSQLState() == null || refused.getSQLState().startsWith("08")) {
                throw refused; // the server is gone
            }
        }
    }

    Connection connection() {
        return connection;
    }
}
