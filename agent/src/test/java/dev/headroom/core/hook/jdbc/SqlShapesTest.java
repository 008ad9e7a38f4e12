package dev.headroom.core.hook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import dev.headroom.sql.SqlDialect;
import dev.headroom.sql.SqlFingerprint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SqlShapesTest {
    private final SqlShapes shapes = new SqlShapes();
    private final SqlFingerprint fingerprint = new SqlFingerprint();
    private final Recorder recorder = new Recorder(Clock.SYSTEM, 10);
    private final Database database = new Database("postgresql", "shop");

    private SqlShape of(String sql) {
        return shapes.of(sql, SqlDialect.POSTGRESQL, fingerprint);
    }

    @Test
    void statementsThatDifferInLiteralsAreOne() {
        assertThat(of("select 1 from a")).isSameAs(of("SELECT 22  FROM a"));
        assertThat(shapes.ofPrepared("select ? from a", SqlDialect.POSTGRESQL, fingerprint))
                .isSameAs(shapes.ofPrepared("select ? from a", SqlDialect.POSTGRESQL, fingerprint))
                .isSameAs(of("select 1 from a"));
    }

    @Test
    void whatTheCapKeepsOutGoesToTheOverflowSeries() {
        Set<SqlShape> distinct = new HashSet<>();
        for (int i = 0; i < SqlShapes.MAX_SHAPES + 500; i++) {
            SqlShape shape = of("select a from t" + i);
            distinct.add(shape);
            shape.in(database, recorder).durations.record(1_000);
        }
        assertThat(distinct).hasSize(SqlShapes.MAX_SHAPES + 1);
        List<Window.Entry> entries = recorder.rotate(0, 5_000).entries();
        assertThat(entries.stream()
                        .mapToLong(entry -> entry.histogram().count())
                        .sum())
                .isEqualTo(SqlShapes.MAX_SHAPES + 500);
        assertThat(entries.stream().filter(entry -> entry.attributes().equals(Attributes.OVERFLOWN)))
                .hasSize(1);
    }

    @Test
    void seriesSayWhatWasRunWhere() {
        SqlShape shape = of("update t set a = 'secret' where b = 7");
        shape.in(database, recorder).durations.record(1_000);
        assertThat(shape.in(database, recorder)).isSameAs(shape.in(database, recorder));
        assertThat(shape.write()).isTrue();
        assertThat(recorder.rotate(0, 5_000).entries())
                .singleElement()
                .extracting(entry -> entry.attributes().toMap())
                .satisfies(attributes -> assertThat(attributes)
                        .containsEntry(Attribute.DB_SYSTEM.key(), "postgresql")
                        .containsEntry(Attribute.DB_NAMESPACE.key(), "shop")
                        .containsEntry(Attribute.DB_OPERATION.key(), "UPDATE")
                        .containsEntry(Attribute.DB_QUERY.key(), "UPDATE t SET a = ? WHERE b = ?")
                        .containsEntry(Attribute.DB_FINGERPRINT.key(), String.format("%016x", shape.hash)));
    }

    @Test
    void aBatchOfDifferentStatementsIsOneShape() {
        SqlShape one = of("insert into a values (1)");
        SqlShape other = of("delete from a where b = 2");
        SqlShape mixed = shapes.ofBatch(List.of(one, other));
        assertThat(mixed)
                .isSameAs(shapes.ofBatch(List.of(one, other)))
                .isNotSameAs(shapes.ofBatch(List.of(other, one)));
        assertThat(mixed.operation()).isEqualTo("BATCH MIXED");
        assertThat(mixed.text()).isEqualTo("INSERT INTO a VALUES (?); DELETE FROM a WHERE b = ?");
        assertThat(shapes.ofBatch(List.of(one)).operation()).isEqualTo("BATCH INSERT");
        assertThat(shapes.ofBatch(List.of(one)).fingerprint()).isEqualTo(one.fingerprint());
    }
}
