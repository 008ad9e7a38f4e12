package dev.headroom.sql;

import static dev.headroom.sql.SqlDialect.ANSI;
import static dev.headroom.sql.SqlDialect.BRACKETS;
import static dev.headroom.sql.SqlDialect.MYSQL;
import static dev.headroom.sql.SqlDialect.POSTGRESQL;
import static dev.headroom.sql.SqlDialect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlFingerprintTest {
    private final SqlFingerprint fingerprint = new SqlFingerprint();

    static Stream<Arguments> texts() {
        return Stream.of(
                // layout, comments, case
                of(ANSI, "select  *\n\tfrom  pets ;", "SELECT * FROM pets"),
                of(ANSI, "SELECT*FROM pets", "SELECT * FROM pets"),
                of(ANSI, "/* a */ select /* b /* c */ 'd' */ 1 -- 'e'\n from t", "SELECT ? FROM t"),
                of(ANSI, "select 1 /* open 'x' ", "SELECT ? ?"),
                of(ANSI, "-- only a comment", ""),
                of(ANSI, "   ", ""),
                of(
                        ANSI,
                        "Select Name From Pets Where OwnerId=? And age>=3",
                        "SELECT Name FROM Pets WHERE OwnerId = ? AND age >= ?"),
                of(ANSI, "select a from t;;", "SELECT a FROM t"),
                of(ANSI, "select 1; select 2;", "SELECT ?; SELECT ?"),
                of(MYSQL, "select 1 # it's a comment\n, 2 from t", "SELECT ?, ? FROM t"),
                of(MYSQL, "select 5--3 from t", "SELECT ? - ? FROM t"),
                of(
                        MYSQL,
                        "select /*!50001 sql_cache */ a from t where b = 'x'",
                        "SELECT sql_cache a FROM t WHERE b = ?"),
                // strings
                of(ANSI, "select 'it''s', N'n', x'0F', b'01', U&'\\0041' from t", "SELECT ?, ?, ?, ?, ? FROM t"),
                of(ANSI, "select q'[it's]', nq'{a'b}', Q'!x'y!' from dual", "SELECT ?, ?, ? FROM dual"),
                of(ANSI, "select date '2020-01-01', DATE'2020-01-01'", "SELECT date ?, DATE ?"),
                of(ANSI, "select 'C:\\' , a from t", "SELECT ?, a FROM t"),
                of(MYSQL, "select 'it\\'s secret' , a from t", "SELECT ?, a FROM t"),
                of(POSTGRESQL, "select E'it\\'s', e'\\\\', a from t", "SELECT ?, ?, a FROM t"),
                of(UNKNOWN, "select 'it\\'s secret' , 'b' from t", "SELECT ?"),
                of(UNKNOWN, "select 'a\\\\' , b from t", "SELECT ?, b FROM t"),
                of(ANSI, "select a from t where b = 'never ends and c = 4", "SELECT a FROM t WHERE b = ?"),
                of(POSTGRESQL, "select $$it's$$, $tag$a $$ b$tag$, a from t", "SELECT ?, ?, a FROM t"),
                of(POSTGRESQL, "do $body$ begin perform 1", "DO ?"),
                of(POSTGRESQL, "select a from t where b = $1 and c = $22", "SELECT a FROM t WHERE b = ? AND c = ?"),
                // names
                of(ANSI, "select \"Order 1\", `b 2` from \"T\"", "SELECT \"Order 1\", `b 2` FROM \"T\""),
                of(MYSQL, "select \"text\", `name` from t", "SELECT ?, `name` FROM t"),
                of(UNKNOWN, "select \"text\" from t", "SELECT ? FROM t"),
                of(
                        BRACKETS,
                        "select [a b], t.[c] from [dbo].[t] x where [d]='e'",
                        "SELECT [a b], t.[c] FROM [dbo].[t] x WHERE [d] = ?"),
                of(BRACKETS, "select top 10 @@rowcount, @p1 from #tmp1", "SELECT TOP ? @@rowcount, ? FROM #tmp1"),
                of(ANSI, "select \"never ends from t where a = 1", "SELECT ?"),
                of(POSTGRESQL, "select a[1], b[1:2] from t1", "SELECT a[?], b[? ?] FROM t1"),
                // numbers and signs
                of(
                        ANSI,
                        "select 1, -2, +3.5, .5, 1e-5, 1.5E+10, 0xFF, 1_000 from t2",
                        "SELECT ?, ?, ?, ?, ?, ?, ?, ? FROM t2"),
                of(ANSI, "select a-1, a - -1, (a)-1, b+.5 from t", "SELECT a - ?, a - ?, (a) - ?, b + ? FROM t"),
                of(ANSI, "select a from t limit -1 offset 20", "SELECT a FROM t LIMIT ? OFFSET ?"),
                of(ANSI, "select a from t where b=-5 or c<>-.5", "SELECT a FROM t WHERE b = ? OR c <> ?"),
                of(ANSI, "select true, false, null", "SELECT TRUE, FALSE, NULL"),
                // parameters
                of(ANSI, "select a from t where b = :name and c = :1", "SELECT a FROM t WHERE b = ? AND c = ?"),
                of(
                        POSTGRESQL,
                        "select a::text, b :: int from t where c = ?::uuid",
                        "SELECT a::text, b::int FROM t WHERE c = ?::uuid"),
                of(ANSI, "{? = call f(?, 1)}", "{? = CALL f(?, ?)}"),
                of(ANSI, "{call f()}", "{CALL f()}"),
                // lists
                of(ANSI, "select a from t where b in (1,2, 3)", "SELECT a FROM t WHERE b IN (?)"),
                of(ANSI, "select a from t where b in (?)", "SELECT a FROM t WHERE b IN (?)"),
                of(ANSI, "select a from t where b not in ('x', -2, null, true)", "SELECT a FROM t WHERE b NOT IN (?)"),
                of(ANSI, "select a from t where (b,c) in ((1,2),(3,4))", "SELECT a FROM t WHERE (b, c) IN (?)"),
                of(
                        POSTGRESQL,
                        "select a from t where b = any(array[1,2,3])",
                        "SELECT a FROM t WHERE b = ANY (ARRAY[?])"),
                of(POSTGRESQL, "select a from t where b in ('x'::text, 'y'::text)", "SELECT a FROM t WHERE b IN (?)"),
                of(
                        ANSI,
                        "select a from t where b in (select c from d where e in (1, 2))",
                        "SELECT a FROM t WHERE b IN (SELECT c FROM d WHERE e IN (?))"),
                of(ANSI, "select a from t where b in (1, c, 2)", "SELECT a FROM t WHERE b IN (?, c, ?)"),
                of(ANSI, "select a from t where b in (1, 2", "SELECT a FROM t WHERE b IN (?, ?"),
                of(ANSI, "insert into t(a,b) values (1,'x'),(2,'y') , (3, f(4))", "INSERT INTO t(a, b) VALUES (?, ?)"),
                of(ANSI, "insert into t (a) values (?)", "INSERT INTO t(a) VALUES (?)"),
                of(
                        ANSI,
                        "insert into t values ((select max(a) from u), 1), (2, 3) returning id",
                        "INSERT INTO t VALUES ((SELECT max(a) FROM u), ?) RETURNING id"),
                of(ANSI, "insert into t values (1), (2, 'never ends", "INSERT INTO t VALUES (?) ?"),
                of(
                        MYSQL,
                        "insert into t values (1,2),(3,4) on duplicate key update a=values(a), b=values(b)",
                        "INSERT INTO t VALUES (?, ?) ON duplicate KEY UPDATE a = VALUES (a), b = VALUES (b)"),
                of(
                        ANSI,
                        "select count(*), t.* from t group by f(a, 1)",
                        "SELECT count(*), t.* FROM t GROUP BY f(a, ?)"),
                // secrets without quotes
                of(ANSI, "create user joe identified by tiger", "CREATE user joe IDENTIFIED ?"),
                of(POSTGRESQL, "alter role joe with password tiger", "ALTER role joe WITH PASSWORD ?"),
                of(POSTGRESQL, "set search_path = tenant_4711", "SET search_path = ?"),
                of(POSTGRESQL, "set search_path to tenant_4711", "SET search_path TO ?"),
                of(ANSI, "select password from users where id = 4", "SELECT PASSWORD FROM users WHERE id = ?"));
    }

    private static Arguments of(SqlDialect dialect, String sql, String text) {
        return Arguments.of(dialect, sql, text);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void replacesLiteralsAndLayout(SqlDialect dialect, String sql, String text) {
        assertThat(fingerprint.describe(sql, dialect).text).isEqualTo(text);
        assertThat(fingerprint.hash(sql, dialect)).isEqualTo(fingerprint.describe(sql, dialect).hash);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aShapeIsItsOwnShape(SqlDialect dialect, String sql, String text) {
        if (!text.endsWith("?") || !sql.contains("never ends")) {
            assertThat(fingerprint.describe(text, dialect).text).isEqualTo(text);
        }
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                Arguments.of("select 1", "SELECT"),
                Arguments.of("  /* x */ (Select 1) union (select 2)", "SELECT"),
                Arguments.of("with a as (select 1) select * from a", "SELECT"),
                Arguments.of(
                        "with recursive a(b) as (select 1), c as (delete from d returning *) insert into e select * from a",
                        "INSERT"),
                Arguments.of("with a as (select 1) update t set b = 2", "UPDATE"),
                Arguments.of("insert into t values (1)", "INSERT"),
                Arguments.of("replace into t values (1)", "REPLACE"),
                Arguments.of("{? = call f(?)}", "CALL"),
                Arguments.of("exec p 1", "EXEC"),
                Arguments.of("vacuum t", "VACUUM"),
                Arguments.of("explain select 1", "EXPLAIN"),
                Arguments.of("commit", "COMMIT"),
                Arguments.of("", "OTHER"),
                Arguments.of("'text'", "OTHER"),
                Arguments.of("averyveryverylongfirstword x", "OTHER"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationIsTheMainVerb(String sql, String operation) {
        assertThat(fingerprint.describe(sql, ANSI).operation).isEqualTo(operation);
    }

    @Test
    void batchSizesAndListLengthsShareAShape() {
        List<Long> hashes = IntStream.range(1, 50)
                .mapToObj(n -> "insert into t(a, b) values "
                        + IntStream.range(0, n)
                                .mapToObj(i -> "(" + i + ", 'x" + i + "')")
                                .collect(Collectors.joining(",")))
                .map(sql -> fingerprint.hash(sql, ANSI))
                .distinct()
                .toList();
        assertThat(hashes).hasSize(1);
    }

    @Test
    void longTextsAreCutButToldApart() {
        String columns = IntStream.range(0, 2_000).mapToObj(i -> "column_" + i).collect(Collectors.joining(", "));
        SqlFingerprint.Description one = fingerprint.describe("select " + columns + " from a", ANSI);
        SqlFingerprint.Description other = fingerprint.describe("select " + columns + " from b", ANSI);
        assertThat(one.text).hasSize(SqlFingerprint.MAX_TEXT).isEqualTo(other.text);
        assertThat(one.hash).isNotEqualTo(other.hash);
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void noLiteralGetsThrough(SqlDialect dialect) {
        Random random = new Random(20261121L + dialect.name().hashCode());
        for (int i = 0; i < 5_000; i++) {
            String sql = statement(random, dialect);
            String text = fingerprint.describe(sql, dialect).text;
            assertThat(text).as(sql).doesNotContain("secret").doesNotContain("7");
        }
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void neverFailsOnBrokenText(SqlDialect dialect) {
        Random random = new Random(4711L + dialect.name().hashCode());
        for (int i = 0; i < 5_000; i++) {
            String sql = statement(random, dialect);
            String cut = sql.substring(random.nextInt(sql.length()), sql.length());
            String broken = cut.substring(0, random.nextInt(cut.length() + 1));
            assertThat(fingerprint.hash(broken, dialect)).isEqualTo(fingerprint.describe(broken, dialect).hash);
        }
    }

    /** A statement whose literals all hold the word "secret" or the digit 7, and nothing else does. */
    private static String statement(Random random, SqlDialect dialect) {
        StringBuilder sql = new StringBuilder("select a, b from t");
        String[] glue = {
            " where a = ", " and b in (", ", ", " or f(", " between ", " limit ", " + ", " union select ", "=", " -"
        };
        int parts = 1 + random.nextInt(8);
        for (int i = 0; i < parts; i++) {
            sql.append(glue[random.nextInt(glue.length)]).append(literal(random, dialect));
            if (random.nextInt(5) == 0) {
                sql.append(comment(random, dialect));
            }
            sql.append(random.nextBoolean() ? ")" : " c");
        }
        return sql.toString();
    }

    private static String comment(Random random, SqlDialect dialect) {
        List<String> comments = List.of(
                " -- it's a secret 7 /* \n",
                " /* secret ' 77 \" $$ */ ",
                dialect == MYSQL ? " # secret's 7\n" : " /* /* secret 7 */ ' */ ");
        return comments.get(random.nextInt(comments.size()));
    }

    private static String literal(Random random, SqlDialect dialect) {
        List<String> literals = List.of(
                "'secret'",
                "'it''s a secret; -- 7'",
                "77",
                "-7.7e-7",
                "0x7F",
                "N'secret 7'",
                "'/* secret */ 7'",
                "q'[secret's 7]'",
                dialect.dollarQuotes ? "$$secret's$$" : "'secret'",
                dialect.dollarQuotes ? "$q$ secret ' $$ 7 $q$" : "7.",
                dialect == MYSQL ? "'a \\' secret \\\\'" : "E'a \\' secret \\\\'",
                dialect.doubleQuotedStrings ? "\"secret 'x' 7\"" : ".7");
        return literals.get(random.nextInt(literals.size()));
    }
}
