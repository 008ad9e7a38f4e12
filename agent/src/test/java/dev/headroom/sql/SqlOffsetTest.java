package dev.headroom.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlOffsetTest {
    private final SqlOffset offset = new SqlOffset();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a from t where b = ? order by c limit ? offset ? | 3",
                "select a from t where b in (?, ?) limit 20 offset ? | 3",
                "select a from t offset ? rows fetch next ? rows only | 1",
                "select a from t where b = $2 limit $3 offset $1 | 1",
                "select a from t limit ?, ? | 1",
                "select a from t where b in (select c from d offset ?) and e = ? offset ? | 3",
                "select a from t where b ?? ? offset ? | 2"
            })
    void knowsTheParameterThatSaysIt(String sql, int parameter) {
        assertThat(offset.read(sql, SqlDialect.ANSI)).isTrue();
        assertThat(offset.parameter()).isEqualTo(parameter);
        assertThat(offset.rows()).isEqualTo(SqlOffset.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a from t limit 10 offset 5000 | 5000",
                "select a from t OFFSET 0 | 0",
                "select a from t limit 4000, 10 | 4000",
                "select a from t limit ? offset 99999999999999999999 | -1",
                "select a from t offset '7' | -1"
            })
    void knowsWhatTheTextSays(String sql, long rows) {
        assertThat(offset.read(sql, SqlDialect.ANSI)).isTrue();
        assertThat(offset.parameter()).isZero();
        assertThat(offset.rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a from t limit ?",
                "select offset from t where offset = ?",
                "select a from t -- offset 5",
                "select 'offset 5' from t",
                "select a from t offset",
                "select a from t limit ? for update"
            })
    void findsNoneWhereThereIsNone(String sql) {
        assertThat(offset.read(sql, SqlDialect.ANSI)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select a from t limit ? offset ? for update", "select a from t where b = ?"})
    void remembersNothingOfAnEarlierText(String sql) {
        offset.read("select a from t offset 5", SqlDialect.ANSI);
        offset.read(sql, SqlDialect.ANSI);
        assertThat(offset.rows()).isEqualTo(SqlOffset.UNKNOWN);
    }
}
