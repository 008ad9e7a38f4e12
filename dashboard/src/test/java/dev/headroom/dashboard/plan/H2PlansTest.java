package dev.headroom.dashboard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class H2PlansTest {
    private static final String URL = "jdbc:h2:mem:plans";

    @Test
    void tellsScansFromIndexes() throws SQLException {
        try (Connection owner = DriverManager.getConnection(URL);
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE visits (id INT PRIMARY KEY, pet_id INT, note VARCHAR(20))");
            statement.execute("INSERT INTO visits SELECT x, x, 'note' FROM SYSTEM_RANGE(1, 2000)");
            PlanProperties.Database database = new PlanProperties.Database("shop", null, URL, null, null);
            try (Inquiry inquiry = Inquiry.open(database, Duration.ofSeconds(2))) {
                Plan scan = inquiry.explain("SELECT note FROM visits WHERE pet_id = ?");
                assertThat(scan.lines()).containsExactly("tableScan on VISITS");
                assertThat(scan.scans()).singleElement().satisfies(one -> {
                    assertThat(one.rows()).isGreaterThan(1000);
                    assertThat(one.columns()).containsExactly("pet_id");
                });
                Plan key = inquiry.explain("SELECT note FROM visits WHERE id = ?");
                assertThat(key.scans()).isEmpty();
                assertThat(key.hash()).isNotEqualTo(scan.hash());
            }
        }
    }
}
