package dev.headroom.core.hook.jdbc;

import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AppUnderTest;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.MethodCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same application on real drivers: every call is counted once, with its outcome, rows and shape. */
class JdbcHookIT {
    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(EveryCall.DRIVER);
        System.clearProperty(EveryCall.URL);
    }

    @ParameterizedTest
    @CsvSource({
        "h2-1.4.200, org.h2.Driver, jdbc:h2:mem:shop, h2database, shop",
        "h2-2.5.252, org.h2.Driver, jdbc:h2:mem:shop, h2database, shop",
        "hsqldb-2.7.3, org.hsqldb.jdbc.JDBCDriver, jdbc:hsqldb:mem:shop, hsqldb, shop",
        "sqlite-jdbc-3.54.1.0, org.sqlite.JDBC, jdbc:sqlite:FOLDER/shop.db, sqlite, shop.db"
    })
    void countsEveryCallOnce(String jar, String driver, String url, String system, String namespace) throws Exception {
        System.setProperty(EveryCall.DRIVER, driver);
        System.setProperty(EveryCall.URL, url.replace("FOLDER", folder.toString()));
        try (LocalWeaving weaving =
                LocalWeaving.of(List.of(Path.of("target/libraries", jar + ".jar")), List.of(JdbcHook::new))) {
            weaving.run(EveryCall.class);
            assertEveryCall(weaving.window(), Map.of(Attribute.DB_SYSTEM, system, Attribute.DB_NAMESPACE, namespace));
        }
    }

    @Test
    void aLayerOverADriverIsCountedOnce() throws Exception {
        System.setProperty(EveryCall.DRIVER, "org.h2.Driver");
        System.setProperty(EveryCall.URL, "jdbc:h2:mem:layered");
        new ByteBuddy()
                .subclass(Object.class)
                .name("layer.LayeredStatement")
                .implement(PreparedStatement.class)
                .defineField("inner", PreparedStatement.class, Visibility.PUBLIC)
                .method(isDeclaredBy(PreparedStatement.class).or(isDeclaredBy(Statement.class)))
                .intercept(MethodCall.invokeSelf().onField("inner").withAllArguments())
                .make()
                .saveIn(folder.toFile());
        try (LocalWeaving weaving =
                LocalWeaving.of(List.of(Path.of("target/libraries/h2-2.5.252.jar"), folder), List.of(JdbcHook::new))) {
            weaving.run(Layered.class);
            Recorded recorded = weaving.window();
            assertThat(recorded.count(Metric.DB_DURATION)).as(calls(recorded)).isEqualTo(2);
            assertThat(recorded.count(
                            Metric.DB_DURATION, Map.of(Attribute.DB_QUERY, "SELECT X FROM SYSTEM_RANGE(?, ?)")))
                    .as("the text is known from the inner statement")
                    .isEqualTo(2);
            assertThat(recorded.count(Metric.DB_DURATION, Map.of(Attribute.DB_NAMESPACE, "layered")))
                    .as("the database too")
                    .isEqualTo(2);
            assertThat(recorded.value(Metric.DB_ROWS)).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "h2-2.5.252, org.h2.Driver, jdbc:h2:mem:paged",
        "hsqldb-2.7.3, org.hsqldb.jdbc.JDBCDriver, jdbc:hsqldb:mem:paged",
        "sqlite-jdbc-3.54.1.0, org.sqlite.JDBC, jdbc:sqlite:FOLDER/paged.db"
    })
    void countsTheRowsThatQueriesSkip(String jar, String driver, String url) throws Exception {
        System.setProperty(EveryCall.DRIVER, driver);
        System.setProperty(EveryCall.URL, url.replace("FOLDER", folder.toString()));
        try (LocalWeaving weaving =
                LocalWeaving.of(List.of(Path.of("target/libraries", jar + ".jar")), List.of(JdbcHook::new))) {
            weaving.run(Paged.class);
            Recorded recorded = weaving.window();
            assertThat(recorded.entries(Metric.QUERY_OFFSET))
                    .as(calls(recorded))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.histogram().count()).isEqualTo(5);
                        assertThat(entry.histogram().sum()).isEqualTo(7 + 1000 + 1000 + 2000 + 30);
                        assertThat(entry.attributes().toMap().get(Attribute.DB_QUERY.key()))
                                .isEqualTo("SELECT id FROM pets WHERE id > ? ORDER BY id LIMIT ? OFFSET ?");
                    });
        }
    }

    /** Offsets as an int, once more without being set anew, as a long, an object and a literal; other statements have none. */
    static class Paged implements AppUnderTest {
        private static final String PAGE = "select id from pets where id > ? order by id limit ? offset ?";

        @Override
        public Object run() throws Exception {
            try (Connection connection = EveryCall.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table pets (id int primary key)");
                statement
                        .executeQuery(PAGE.replaceFirst("\\?", "5")
                                .replaceFirst("\\?", "10")
                                .replaceFirst("\\?", "7"))
                        .close();
                try (PreparedStatement page = connection.prepareStatement(PAGE);
                        PreparedStatement one = connection.prepareStatement("select id from pets where id = ?")) {
                    page.setInt(1, 5);
                    page.setInt(2, 10);
                    page.setInt(3, 1000);
                    page.executeQuery().close();
                    one.setInt(1, 77);
                    one.executeQuery().close();
                    page.executeQuery().close();
                    page.setLong(3, 2000);
                    page.executeQuery().close();
                    page.setObject(3, 30);
                    page.executeQuery().close();
                }
            }
            return null;
        }
    }

    /** A statement within a statement, both woven. */
    static class Layered implements AppUnderTest {
        @Override
        public Object run() throws Exception {
            try (Connection connection = EveryCall.connect();
                    PreparedStatement inner = connection.prepareStatement("select X from SYSTEM_RANGE(1, ?)")) {
                Class<?> layer = Class.forName("layer.LayeredStatement", true, Layered.class.getClassLoader());
                PreparedStatement outer =
                        (PreparedStatement) layer.getDeclaredConstructor().newInstance();
                layer.getField("inner").set(outer, inner);
                outer.setInt(1, 3);
                for (int i = 0; i < 2; i++) {
                    try (ResultSet rows = outer.executeQuery()) {
                        while (rows.next()) {
                            rows.getInt(1);
                        }
                    }
                }
            }
            return null;
        }
    }

    static void assertEveryCall(Recorded recorded, Map<Attribute, String> database) {
        assertThat(recorded.entries(Metric.DB_DURATION).stream()
                        .map(entry -> entry.attributes().toMap().get(Attribute.DB_QUERY.key())))
                .allSatisfy(text -> assertThat(text).doesNotContainPattern("secret|[0-9]"));
        assertThat(recorded.count(Metric.DB_DURATION)).as(calls(recorded)).isEqualTo(EveryCall.CALLS);
        assertThat(recorded.count(Metric.DB_DURATION, database)).isEqualTo(EveryCall.CALLS);
        assertThat(count(recorded, "CREATE")).isEqualTo(1);
        assertThat(count(recorded, "INSERT")).isEqualTo(6);
        assertThat(count(recorded, "BATCH INSERT")).isEqualTo(1);
        assertThat(count(recorded, "BATCH MIXED")).isEqualTo(1);
        assertThat(count(recorded, "SELECT")).isEqualTo(4);
        assertThat(count(recorded, "ROLLBACK")).isEqualTo(1);
        assertThat(count(recorded, "COMMIT")).isEqualTo(1);
        assertThat(recorded.entries(Metric.DB_DURATION).stream()
                        .filter(entry -> entry.attributes().toMap().containsKey(Attribute.ERROR_TYPE.key())))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.histogram().count()).isEqualTo(1);
                    assertThat(entry.attributes().toMap().get(Attribute.DB_QUERY.key()))
                            .startsWith("SELECT missing FROM nowhere");
                });
        assertThat(recorded.value(Metric.DB_ROWS)).isEqualTo(EveryCall.ROWS);
    }

    private static String calls(Recorded recorded) {
        return recorded.entries(Metric.DB_DURATION).stream()
                .map(entry -> entry.histogram().count() + " x " + entry.attributes())
                .collect(Collectors.joining("\n"));
    }

    private static long count(Recorded recorded, String operation) {
        return recorded.count(Metric.DB_DURATION, Map.of(Attribute.DB_OPERATION, operation));
    }
}
