package dev.headroom.dashboard.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.store.Incident;
import dev.headroom.dashboard.store.StoreUnusableException;
import dev.headroom.dashboard.store.local.SqliteMetricStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {
    @TempDir
    Path directory;

    private final Verdicts verdicts = new Verdicts();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private SqliteMetricStore store;

    private final IncidentListener listener = new IncidentListener() {
        @Override
        public void opened(Incident incident) {
            told.add("opened " + incident.id());
        }

        @Override
        public void closed(Incident incident) {
            told.add("closed " + incident.id());
        }
    };

    @BeforeEach
    void open() {
        store = new SqliteMetricStore(directory, Duration.ofDays(1), 1 << 20, () -> verdicts.clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Incidents start() {
        Incidents incidents = new Incidents(verdicts, verdicts, store.incidents(), () -> verdicts.clock);
        incidents.listen(listener);
        incidents.start();
        return incidents;
    }

    private List<Incident> stored() {
        return store.incidents().incidents("shop", null, null, null, 100);
    }

    @Test
    void storesAndTellsWhatOpensAndWhatCloses() {
        try (Incidents incidents = start()) {
            verdicts.judge(Verdict.FAIL, Duration.ofMinutes(2));
            verdicts.judge(Verdict.PASS, Duration.ofMinutes(6));
            assertThat(incidents).isNotNull();
        }
        assertThat(stored()).singleElement().satisfies(incident -> {
            assertThat(incident.open()).isFalse();
            assertThat(told).containsExactly("opened " + incident.id(), "closed " + incident.id());
        });
    }

    @Test
    void aRestartTellsAgainOfWhatIsOpenAndMakesNoDuplicate() {
        start().close();
        Incidents first = start();
        verdicts.judge(Verdict.FAIL, Duration.ofMinutes(2));
        first.close();
        String id = stored().get(0).id();
        told.clear();
        Verdicts after = new Verdicts();
        after.clock = verdicts.clock.plusSeconds(30);
        try (Incidents second = new Incidents(after, after, store.incidents(), () -> after.clock)) {
            second.listen(listener);
            second.start();
            after.judge(Verdict.FAIL, Duration.ofMinutes(3));
        }
        assertThat(told).containsExactly("opened " + id);
        assertThat(stored()).singleElement().satisfies(same -> {
            assertThat(same.id()).isEqualTo(id);
            assertThat(same.open()).isTrue();
            assertThat(same.lastFailed()).isEqualTo(after.clock);
        });
    }

    @Test
    void isToldThoughTheDiskRefuses() {
        var refusing = new RefusingStore(store.incidents());
        try (Incidents incidents = new Incidents(verdicts, verdicts, refusing, () -> verdicts.clock)) {
            incidents.listen(listener);
            incidents.start();
            refusing.refusal = new StoreUnusableException("disk full", null);
            verdicts.judge(Verdict.FAIL, Duration.ofMinutes(2));
            verdicts.judge(Verdict.PASS, Duration.ofMinutes(6));
        }
        assertThat(told).hasSize(2);
        assertThat(stored()).isEmpty();
    }
}
