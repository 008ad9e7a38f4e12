package dev.headroom.dashboard.operations;

import dev.headroom.dashboard.store.Delivered;
import dev.headroom.dashboard.store.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One agent from its first window to its last, and how it ended.
 *
 * @param successor the instance that began on the same host after this one had ended; null when none did
 * @param successorBegin where its first window began; null without one
 */
public record AgentLife(
        Ledger ledger, @Nullable String successor, @Nullable Instant successorBegin) {
    /** A window may be this late before it is called missing. */
    public static final Duration GRACE = Duration.ofSeconds(20);

    /** A JVM that ended without a word is missed this long; after that it is taken for gone. */
    public static final Duration MISSED = Duration.ofHours(1);

    /** How it is with it. */
    public enum End {
        /** Its newest window is young. */
        RUNNING,
        /** It said that its JVM ends. */
        GOODBYE,
        /** Nothing came for longer than {@link #GRACE}: the network, the dashboard's refusals, or its end. */
        SILENT,
        /** It fell silent and another JVM began in its place: killed or crashed. */
        WITHOUT_GOODBYE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Those of the signal, oldest first, each with its successor: the next to begin on the host that no other was followed by. */
    static List<AgentLife> of(List<Ledger> ledgers, String signal) {
        List<Ledger> begun = new ArrayList<>();
        for (Ledger ledger : ledgers) {
            if (ledger.signal().equals(signal) && !ledger.delivered().isEmpty()) {
                begun.add(ledger);
            }
        }
        begun.sort(Comparator.comparing(ledger -> ledger.delivered().begin()));
        List<AgentLife> lives = new ArrayList<>();
        boolean[] taken = new boolean[begun.size()];
        for (int i = 0; i < begun.size(); i++) {
            int next = successor(begun, taken, i);
            if (next >= 0) {
                taken[next] = true;
            }
            lives.add(new AgentLife(
                    begun.get(i),
                    next < 0 ? null : begun.get(next).instance(),
                    next < 0 ? null : begun.get(next).delivered().begin()));
        }
        return lives;
    }

    private static int successor(List<Ledger> begun, boolean[] taken, int of) {
        String host = begun.get(of).resource().get("host.name");
        Instant end = begun.get(of).delivered().end();
        for (int i = of + 1; host != null && i < begun.size(); i++) {
            Instant begin = begun.get(i).delivered().begin();
            boolean follows = !begin.isBefore(end) && !begin.isAfter(end.plus(MISSED));
            if (follows && !taken[i] && host.equals(begun.get(i).resource().get("host.name"))) {
                return i;
            }
        }
        return -1;
    }

    public Delivered delivered() {
        return ledger.delivered();
    }

    /** The dashboard's now as the agent's clock names it. */
    private Instant own(Instant now) {
        Duration ahead = delivered().clock().ahead();
        return ahead == null ? now : now.plus(ahead);
    }

    public End end(Instant now) {
        if (delivered().ended()) {
            return End.GOODBYE;
        }
        boolean silent = overdue(now).compareTo(GRACE) > 0;
        return !silent ? End.RUNNING : successor == null ? End.SILENT : End.WITHOUT_GOODBYE;
    }

    private Duration overdue(Instant now) {
        Duration since = Duration.between(delivered().end(), own(now));
        return since.minusMillis(delivered().intervalMillis());
    }

    /** Until when windows are missed that nobody sent: the newest window's end when none are. */
    Instant silentUntil(Instant now) {
        Instant end = delivered().end();
        if (delivered().ended() || overdue(now).compareTo(GRACE) <= 0) {
            return end;
        }
        Instant until = own(now).minus(GRACE);
        Instant gone = end.plus(MISSED);
        if (until.isAfter(gone)) {
            until = gone;
        }
        return successorBegin != null && successorBegin.isBefore(until) ? successorBegin : until;
    }

    /** Windows that should have come by now: those that came, those whose numbers are missing, those that are overdue. */
    long expected(Instant now) {
        long interval = delivered().intervalMillis();
        long silent = Duration.between(delivered().end(), silentUntil(now)).toMillis();
        return ledger.sequence() + (interval == 0 ? 0 : silent / interval);
    }
}
