package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementTextTest {
    @Test
    void theFirstTableNamesTheStatement() {
        assertThat(StatementText.table("SELECT name FROM pet p JOIN owner o ON o.id = p.owner"))
                .isEqualTo("pet");
        assertThat(StatementText.table("INSERT INTO \"shop\".\"pet\" VALUES (?)"))
                .isEqualTo("shop.pet");
        assertThat(StatementText.table("UPDATE pet SET name = ?")).isEqualTo("pet");
        assertThat(StatementText.table("DELETE FROM pet")).isEqualTo("pet");
        assertThat(StatementText.table("COMMIT")).isNull();
    }

    @Test
    void aLimitWithinBracketsLimitsSomethingElse() {
        assertThat(StatementText.limit("SELECT name FROM pet LIMIT ?")).isNotNull();
        assertThat(StatementText.limit("SELECT name FROM pet FETCH FIRST ? ROWS ONLY"))
                .isNotNull();
        assertThat(StatementText.limit("SELECT TOP ? name FROM pet")).isNotNull();
        assertThat(StatementText.limit("SELECT name FROM pet WHERE id IN (SELECT id FROM x LIMIT ?)"))
                .isNull();
        assertThat(StatementText.limit("SELECT credit_limit FROM pet")).isNull();
    }

    @Test
    void anOffsetIsFoundInEitherSpelling() {
        assertThat(StatementText.offset("SELECT name FROM pet LIMIT ? OFFSET ?"))
                .isNotNull();
        assertThat(StatementText.offset("SELECT name FROM pet LIMIT ?, ?")).isNotNull();
        assertThat(StatementText.offset("SELECT name FROM pet LIMIT ?")).isNull();
    }

    @Test
    void whatComparesColumnsWithValuesOnlyIsALookup() {
        assertThat(StatementText.shape("SELECT name FROM pet WHERE id = ?")).isEqualTo(StatementText.EQUALITY_LOOKUP);
        assertThat(StatementText.shape("SELECT * FROM pet p WHERE p.owner = ? AND \"name\" = ? ORDER BY id LIMIT ?"))
                .isEqualTo(StatementText.EQUALITY_LOOKUP);
        assertThat(StatementText.shape("SELECT name FROM pet WHERE id > ?")).isNull();
        assertThat(StatementText.shape("SELECT name FROM pet WHERE id = ? OR id = ?"))
                .isNull();
        assertThat(StatementText.shape("SELECT name FROM pet")).isNull();
        assertThat(StatementText.shape("UPDATE pet SET name = ? WHERE id = ?")).isNull();
    }
}
