package dev.headroom.dashboard.page.redis;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.LineChart;
import dev.headroom.dashboard.redis.ServerReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether each watched Redis server has room, loses keys, answers quickly and keeps what it holds. */
public record RedisPage(List<Server> servers) {
    /** A number with its name and what to hold it against. */
    public record Figure(String label, String value, String note) {}

    /** Of budgets without a verdict those that are about it, but lack numbers, and not those that are about something else. */
    private static final Set<String> ABOUT_IT = Set.of("too-few", "warming-up", "partial", "stale");

    /**
     * @param budgets as judged now
     * @param figures empty while it never answered
     */
    public record Server(
            ServerReading reading, List<BudgetStatus> budgets, List<Figure> figures, List<LineChart> charts) {
        static Server of(ServerReading reading, BudgetReport report, List<LineChart> charts) {
            return new Server(
                    reading,
                    report.items().stream().filter(RedisPage::isAboutIt).toList(),
                    reading.version().isEmpty() ? List.of() : RedisPage.figures(reading),
                    charts);
        }
    }

    private static boolean isAboutIt(BudgetStatus budget) {
        String reason = budget.reason();
        return budget.status() != Verdict.NO_DATA || (reason != null && ABOUT_IT.contains(reason));
    }

    private static List<Figure> figures(ServerReading of) {
        return List.of(
                new Figure("memory", Figures.bytes((double) of.usedMemoryBytes()), room(of)),
                new Figure(
                        "evicted",
                        Figures.number(of.evictedPerSecond()) + " /s",
                        of.evictionPolicy().isEmpty() ? "" : "policy " + of.evictionPolicy()),
                new Figure("expired", Figures.number(of.expiredPerSecond()) + " /s", "lifetime ended"),
                new Figure(
                        "keys",
                        Figures.count(of.keys()),
                        of.keys() == 0
                                ? ""
                                : Figures.percent((double) of.endlessKeys() / of.keys()) + " without a lifetime"),
                new Figure("hits", Figures.percent(of.hitRatio()), "of all clients since it started"),
                new Figure("PING", Figures.duration(of.pingMs()), "from here to its reply"),
                new Figure("clients", Figures.count(of.clients()), "connected"),
                new Figure("persistence", persistence(of), saved(of.savedAt(), of.at(), of.unsavedChanges())));
    }

    private static String room(ServerReading of) {
        return of.maxMemoryBytes() == 0
                ? "without a limit"
                : Figures.percent((double) of.usedMemoryBytes() / of.maxMemoryBytes()) + " of "
                        + Figures.bytes((double) of.maxMemoryBytes());
    }

    private static String persistence(ServerReading of) {
        return of.persistenceFailed() ? "failed" : of.appendOnly() ? "log of writes" : "snapshots";
    }

    private static String saved(@Nullable Instant savedAt, Instant at, long unsaved) {
        return savedAt == null
                ? ""
                : Figures.count(unsaved) + " changes since the snapshot " + Figures.age(Duration.between(savedAt, at))
                        + " ago";
    }
}
