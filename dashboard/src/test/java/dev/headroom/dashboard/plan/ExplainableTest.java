package dev.headroom.dashboard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM pets WHERE owner_id = ?",
                "WITH mine AS (SELECT id FROM pets WHERE owner_id = ?) SELECT count(*) FROM mine",
                "SELECT created_at, updated_at FROM orders ORDER BY id LIMIT ? OFFSET ?"
            })
    void takesOneSelect(String text) {
        assertThat(Explainable.refusal(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ?; DROP TABLE pets",
                "SELECT ? -- x",
                "SELECT ? /* x */",
                "SELECT '\\' ",
                "ANALYZE SELECT id FROM pets",
                "(ANALYZE) SELECT id FROM pets",
                "INSERT INTO pets VALUES (?)",
                "WITH gone AS (DELETE FROM pets RETURNING id) SELECT id FROM gone",
                "SELECT id INTO copy FROM pets",
                "SELECT id FROM pets FOR UPDATE",
                "EXPLAIN SELECT id FROM pets",
                ""
            })
    void refusesEverythingElse(String text) {
        assertThat(Explainable.refusal(text)).isNotNull();
    }

    @Test
    void refusesWhatWasCut() {
        assertThat(Explainable.refusal("SELECT " + "a, ".repeat(1400) + "b FROM c"))
                .contains("4096");
    }

    @Test
    void numbersPlaceholdersOutsideOfQuotes() {
        String text = "SELECT \"a?\" FROM t WHERE b = ? AND c IN (?) AND d = 'why?'";
        assertThat(Explainable.with(text, n -> "$" + n))
                .isEqualTo("SELECT \"a?\" FROM t WHERE b = $1 AND c IN ($2) AND d = 'why?'");
        assertThat(Explainable.placeholders(text)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(pet_id = $1) | pet_id",
                "((at > $2) AND (pet_id = $1)) | pet_id,at",
                "((a > $2) AND (b < $1)) | a",
                "((name)::text = $1) | name",
                "(owner_id = ANY ($1)) | owner_id",
                "(lower((name)::text) = $1) | ",
                "(a = b) | ",
                "(x <> $1) | "
            })
    void readsTheColumnsOfACondition(String condition, String columns) {
        assertThat(FilterColumns.ofCondition(condition))
                .isEqualTo(columns == null ? List.of() : List.of(columns.split(",")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM visits WHERE pet_id = ? AND at > ? ORDER BY id = ? LIMIT ? | pet_id,at",
                "SELECT v.id FROM visits v JOIN pets p ON p.id = v.pet_id WHERE v.state = ? AND p.name = ? | state",
                "SELECT v.id FROM visits AS v, pets p WHERE v.state IN (?) AND kind = ? | state",
                "SELECT id FROM visits | "
            })
    void readsTheColumnsOfAStatement(String text, String columns) {
        assertThat(FilterColumns.ofStatement(text, "visits"))
                .isEqualTo(columns == null ? List.of() : List.of(columns.split(",")));
    }
}
