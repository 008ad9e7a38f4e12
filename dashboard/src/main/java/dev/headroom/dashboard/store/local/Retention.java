package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than the retention, a few rows at a time; SQLite uses the pages again, so the file stops growing after one
 * retention. Cursors stay a week beyond the sender's last report: a sender that was cut off that long may still repeat itself.
 * Used by the writing thread alone.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int ROWS_PER_STEP = 2_000;
    private static final Duration CURSORS = Duration.ofDays(7);

    private final Connection connection;
    private final Duration keep;

    Retention(Connection connection, Duration keep) {
        this.connection = connection;
        this.keep = keep;
    }

    void apply(Instant now) {
        try {
            long oldest = now.minus(keep).toEpochMilli();
            delete(
                    "DELETE FROM raw WHERE id IN (SELECT raw.id FROM service CROSS JOIN raw ON raw.service = service.id AND raw.end_time < ? LIMIT "
                            + ROWS_PER_STEP + ")",
                    oldest);
            long idle = now.minus(keep.compareTo(CURSORS) > 0 ? keep : CURSORS).toEpochMilli();
            delete("DELETE FROM cursor WHERE sender IN (SELECT id FROM sender WHERE last_report < ?)", idle);
            delete("DELETE FROM ledger WHERE sender IN (SELECT id FROM sender WHERE last_report < ?)", idle);
            delete("DELETE FROM sender WHERE last_report < ?", idle);
        } catch (SQLException failure) {
            LOG.warn("Old windows could not be deleted; trying again in a minute: {}", failure.getMessage());
        }
    }

    private void delete(String sql, long before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, before);
            statement.executeUpdate();
        }
    }
}
