package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.store.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a budget that is broken for one subject is an alert: not before its FAIL held for {@code for}, and until PASS or WARN held
 * for {@code keep}. NO DATA raises nothing and clears nothing, until it has lasted for an hour. Not thread-safe.
 */
final class Alert {
    /** An incident of which nothing is known any more ends after this long. */
    static final Duration UNKNOWN = Duration.ofHours(1);

    private final Instant begin;
    private @Nullable Incident incident;
    private @Nullable Instant failingSince;
    private @Nullable Instant keptSince;
    private @Nullable Instant unknownSince;

    /** @param begin when this dashboard began to judge */
    Alert(Instant begin) {
        this.begin = begin;
    }

    /** Goes on with an incident that another run of the dashboard left open. */
    static Alert resume(Incident open, Instant begin) {
        Alert alert = new Alert(begin);
        alert.incident = open;
        return alert;
    }

    /** The open incident, or null. */
    @Nullable
    Incident incident() {
        return incident;
    }

    /** Since when it fails without being an alert yet; null when it does not. */
    @Nullable
    Instant pendingSince() {
        return incident == null ? failingSince : null;
    }

    /** Whether forgetting it would lose nothing. */
    boolean idle() {
        return incident == null && failingSince == null;
    }

    /** Returns the incidents that opened or closed: none, one, or both when it goes on under another name. */
    List<Incident> take(Judged.Item item, Instant at) {
        if (item.figure().severity().equals("none")) {
            failingSince = null;
            return close(at, "its severity is none now", item.moment(at));
        }
        return switch (item.status().status()) {
            case FAIL -> failed(item, at);
            case PASS, WARN -> kept(item, at);
            case NO_DATA -> unknown(at, "no data for " + words(UNKNOWN), item.moment(at));
        };
    }

    /** The subject did not turn up in an evaluation. */
    List<Incident> missing(Instant at) {
        return unknown(at, "nothing was judged for " + words(UNKNOWN), null);
    }

    private List<Incident> failed(Judged.Item item, Instant at) {
        unknownSince = null;
        boolean waived = item.figure().waived();
        Incident open = incident;
        List<Incident> changes = new ArrayList<>();
        if (open != null) {
            boolean returned = keptSince != null;
            keptSince = null;
            if (open.waived() == waived) {
                incident = open.failedAgain(at, returned ? 1 : 0);
                return List.of();
            }
            changes.addAll(close(at, waived ? "it is waived now" : "its waiver ended", item.moment(at)));
            open(item, at, at, changes);
            return changes;
        }
        Instant since = failingSince == null ? at : failingSince;
        failingSince = since;
        if (!since.plus(item.figure().hold()).isAfter(at)) {
            open(item, since, at, changes);
        }
        return changes;
    }

    private void open(Judged.Item item, Instant began, Instant at, List<Incident> changes) {
        Incident opened = new Incident(
                id(item, at),
                item.status().service(),
                item.status().id(),
                item.status().title(),
                item.status().subject(),
                item.figure().severity(),
                item.figure().waived(),
                began,
                at,
                at,
                null,
                null,
                0,
                item.moment(at),
                null);
        incident = opened;
        failingSince = null;
        changes.add(opened);
    }

    private List<Incident> kept(Judged.Item item, Instant at) {
        failingSince = null;
        unknownSince = null;
        Incident open = incident;
        if (open == null) {
            return List.of();
        }
        Duration keep = item.figure().keep();
        boolean meanwhile = open.lastFailed().isBefore(begin);
        if (keptSince == null && meanwhile && !open.lastFailed().plus(keep).isAfter(at)) {
            return close(
                    at, "it ended after " + open.lastFailed() + ", while the dashboard did not run", item.moment(at));
        }
        Instant since = keptSince == null ? at : keptSince;
        keptSince = since;
        return since.plus(keep).isAfter(at) ? List.of() : close(at, "kept for " + words(keep), item.moment(at));
    }

    private List<Incident> unknown(Instant at, String why, Incident.@Nullable Moment moment) {
        failingSince = null;
        Instant since = unknownSince == null ? at : unknownSince;
        unknownSince = since;
        return since.plus(UNKNOWN).isAfter(at) ? List.of() : close(at, why, moment);
    }

    /** Empty when none is open. */
    List<Incident> close(Instant at, String why, Incident.@Nullable Moment moment) {
        Incident open = incident;
        keptSince = null;
        unknownSince = null;
        incident = null;
        return open == null ? List.of() : List.of(open.close(at, why, moment));
    }

    /** The time, then what it is about: the same for the same opening. */
    private static String id(Judged.Item item, Instant at) {
        return String.format(
                Locale.ROOT,
                "%011x-%08x%s",
                at.toEpochMilli(),
                item.about().hashCode(),
                item.figure().waived() ? "w" : "");
    }

    static String words(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
