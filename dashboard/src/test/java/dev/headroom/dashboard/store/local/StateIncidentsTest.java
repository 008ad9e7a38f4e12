package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.IncidentStore;
import dev.headroom.dashboard.store.IncidentStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class StateIncidentsTest extends IncidentStoreContract {
    @TempDir
    Path directory;

    private SqliteMetricStore open;

    @Override
    protected IncidentStore store() {
        if (open == null) {
            open = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 20, InstantSource.system());
        }
        return open.incidents();
    }

    @Override
    protected void restart() {
        close();
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
