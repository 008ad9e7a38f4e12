package dev.headroom.dashboard.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of a real MariaDB 11.4. */
class MySqlPlansIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    @Test
    void tellsScansFromIndexesWithoutAnyValue() throws Exception {
        try (MariaDb server = new MariaDb(folder);
                Connection owner = server.connect("mysql");
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE DATABASE shop");
            statement.execute(
                    "CREATE TABLE shop.visits (id BIGINT PRIMARY KEY, pet_id BIGINT, state VARCHAR(10), at DATETIME)");
            statement.execute(
                    "INSERT INTO shop.visits SELECT seq, seq MOD 500, 'open', NOW() FROM shop.visits RIGHT JOIN seq_1_to_20000 ON FALSE");
            statement.execute("ANALYZE TABLE shop.visits");
            PlanProperties.Database database =
                    new PlanProperties.Database("shop", null, server.url("shop"), "root", "");
            try (Inquiry inquiry = Inquiry.open(database, TIMEOUT)) {
                Plan scan = inquiry.explain(
                        "SELECT v.id, v.at FROM visits v WHERE v.pet_id = ? AND v.state IN (?) AND v.at > ? LIMIT ? OFFSET ?");
                assertThat(scan.lines()).containsExactly("ALL on v");
                assertThat(scan.scans()).singleElement().satisfies(one -> {
                    assertThat(one.table()).isEqualTo("visits");
                    assertThat(one.rows()).isBetween(15_000L, 25_000L);
                    assertThat(one.columns()).containsExactly("pet_id", "state", "at");
                });
                assertThat(inquiry.explain("SELECT at FROM visits WHERE id = ?").scans())
                        .isEmpty();
                statement.execute("CREATE INDEX visits_pet_id ON shop.visits (pet_id)");
                Plan indexed = inquiry.explain("SELECT at FROM visits WHERE pet_id = ?");
                assertThat(indexed.lines()).containsExactly("ref using visits_pet_id on visits");
                assertThatThrownBy(() -> inquiry.explain("SELECT nothing FROM nowhere"))
                        .hasMessageContaining("nowhere");
            }
            try (Connection reader = server.connect("shop");
                    Statement writing = reader.createStatement()) {
                new MySqlPlans().prepare(reader, TIMEOUT);
                assertThatThrownBy(() -> writing.execute("DELETE FROM visits")).hasMessageContaining("READ ONLY");
            }
        }
    }
}
