package dev.headroom.dashboard.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of incidents must do. */
public abstract class IncidentStoreContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** The same store every time, within one test. */
    protected abstract IncidentStore store();

    /** Closes the store and opens what it left on disk. */
    protected abstract void restart();

    private static Incident incident(String id, String service, Instant opened) {
        Incident.Moment moment = new Incident.Moment(
                opened, "FAIL", "702 ms", "p95(duration) < 300ms", null, 412, 38, 0.0003, "38 of 412 requests");
        return new Incident(
                id,
                service,
                "fast",
                "Fast enough",
                "GET /pets",
                "page",
                false,
                opened.minusSeconds(60),
                opened,
                opened,
                null,
                null,
                0,
                moment,
                null);
    }

    private static Incident closed(Incident open, Instant at) {
        return open.failedAgain(at.minusSeconds(300), 2)
                .close(
                        at,
                        "kept for 5 min",
                        new Incident.Moment(at, "NO DATA", null, "target", "acceptable", 0, 0, null, "nothing"));
    }

    @Test
    void keepsEveryFieldAcrossARestart() {
        Incident open = incident("a", "shop", NOON);
        Incident closed = closed(incident("b", "shop", NOON.minusSeconds(3600)), NOON);
        store().put(List.of(open, closed));
        restart();
        assertThat(store().incidents(null, null, null, null, 10)).containsExactly(open, closed);
        assertThat(store().incident("b")).isEqualTo(closed);
        assertThat(store().incident("c")).isNull();
    }

    @Test
    void replacesAnEarlierStateOfTheSameId() {
        Incident open = incident("a", "shop", NOON);
        store().put(List.of(open));
        Incident closed = closed(open, NOON.plusSeconds(900));
        store().put(List.of(closed));
        assertThat(store().incidents("shop", "fast", null, null, 10)).containsExactly(closed);
    }

    @Test
    void findsByServiceBudgetTimeAndWhetherOpen() {
        Incident early = closed(incident("a", "shop", NOON), NOON.plusSeconds(600));
        Incident open = incident("b", "shop", NOON.plusSeconds(1200));
        Incident other = incident("c", "bank", NOON.plusSeconds(1800));
        store().put(List.of(early, open, other));
        assertThat(store().incidents("shop", null, null, null, 10)).containsExactly(open, early);
        assertThat(store().incidents(null, "slow", null, null, 10)).isEmpty();
        assertThat(store().incidents(null, null, null, true, 10)).containsExactly(other, open);
        assertThat(store().incidents(null, null, null, false, 10)).containsExactly(early);
        assertThat(store().incidents(null, null, range(0, 599), null, 10)).containsExactly(early);
        assertThat(store().incidents(null, null, range(601, 1100), null, 10)).isEmpty();
        assertThat(store().incidents(null, null, range(601, 1300), null, 10)).containsExactly(open);
        assertThat(store().incidents(null, null, null, null, 1)).containsExactly(other);
    }

    private static TimeRange range(long from, long to) {
        return new TimeRange(NOON.plusSeconds(from), NOON.plusSeconds(to));
    }

    @Test
    void forgetsTheOldestClosedOnesAndNoOpenOne() {
        Incident ancient = incident("open", "shop", NOON.minusSeconds(10));
        List<Incident> many = new ArrayList<>();
        many.add(ancient);
        for (int i = 0; i < IncidentStore.MOST + 5; i++) {
            Instant at = NOON.plusSeconds(i);
            many.add(closed(incident("i" + i, "shop", at), at.plusSeconds(1)));
        }
        store().put(many);
        List<Incident> kept = store().incidents(null, null, null, null, many.size());
        assertThat(kept).hasSize(IncidentStore.MOST + 1).contains(ancient);
        assertThat(kept.get(IncidentStore.MOST - 1).id()).isEqualTo("i5");
    }
}
