package dev.headroom.dashboard.run;

import dev.headroom.dashboard.budget.Baselines;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Kept runs as what budgets compare with: {@code compare: { to: run:ID }}, by id or by name. Thread-safe; blocks on the store. */
@Component
final class RunBaselines implements Baselines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST_KNOWN = 8;

    private final RunArchive archive;
    /** By id: finished runs do not change, and live budgets ask again every ten seconds. */
    private final Map<String, Baseline> known = new ConcurrentHashMap<>();

    RunBaselines(RunArchive archive) {
        this.archive = archive;
    }

    @Override
    public Baseline find(String service, Budget.Compare compare, TimeRange window) {
        return run(service, String.valueOf(compare.argument()));
    }

    Baseline run(String service, String idOrName) {
        RunArchive.Kept run = archive.finished(service, idOrName).orElse(null);
        if (run == null) {
            return new Baseline.None("no finished run of " + service + " is called " + idOrName);
        }
        Baseline before = known.get(run.id());
        if (before != null) {
            return before;
        }
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        Baseline read = read(run);
        known.put(run.id(), read);
        return read;
    }

    private Baseline read(RunArchive.Kept run) {
        Instant to = run.to();
        List<SeriesData> data = archive.data(run.id());
        if (to == null || data.isEmpty()) {
            return new Baseline.None("run " + run.name() + " (" + run.id() + ") has no data to compare with");
        }
        RunResult result = run.result();
        RunResult.Span measured = result == null ? null : result.measured();
        TimeRange range =
                measured == null ? new TimeRange(run.from(), to) : new TimeRange(measured.from(), measured.to());
        return new Baseline.Kept(range, data, Map.of(), "run " + run.name() + " of " + TIME.format(to));
    }
}
