package dev.headroom.dashboard.page.runs;

import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.run.RunArchive;
import dev.headroom.dashboard.run.RunResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run.
 *
 * @param run null when there is none of that id
 * @param judged FAIL, WARN and PASS
 * @param unjudged NO DATA
 */
public record RunPage(
        String id, RunArchive.@Nullable Kept run, @Nullable RunResult result, List<Row> judged, List<Row> unjudged) {
    /** A budget on a subject, as text. */
    public record Row(RunResult.Item item) {
        public String css() {
            return Figures.css(item.status());
        }

        public String shape() {
            return Figures.shape(item.status());
        }

        public String current() {
            String current = item.current();
            return current == null ? Figures.NONE : current;
        }

        public String before() {
            Change change = item.change();
            return change == null ? Figures.NONE : change.before();
        }

        public String change() {
            Change change = item.change();
            if (change == null) {
                return Figures.NONE;
            }
            Double share = change.share();
            String by = share == null ? "" : (share < 0 ? "" : "+") + Figures.percent(share) + ", ";
            return by + change.verdict().label();
        }

        public boolean explained() {
            return item.status() == Verdict.FAIL || item.status() == Verdict.WARN;
        }

        public String reason() {
            String reason = item.reason();
            return reason == null ? "" : reason;
        }

        public String evidence() {
            String evidence = item.evidence();
            return evidence == null ? "" : evidence;
        }

        public String count() {
            return Figures.count(item.n());
        }
    }

    static RunPage of(String id, RunArchive.@Nullable Kept run) {
        RunResult result = run == null ? null : run.result();
        List<RunResult.Item> items = result == null ? List.of() : result.items();
        return new RunPage(id, run, result, rows(items, false), rows(items, true));
    }

    private static List<Row> rows(List<RunResult.Item> items, boolean without) {
        return items.stream()
                .filter(item -> (item.status() == Verdict.NO_DATA) == without)
                .map(Row::new)
                .toList();
    }

    /** Whether it is shown beside another run. */
    public boolean beside() {
        return result != null && result.baseline() != null;
    }

    /** What is known of it, in the order shown. */
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        if (run != null && result != null) {
            facts.putAll(run.labels());
            facts.put("Budgets", result.budgets() + " (" + result.kind() + ")");
            facts.put("Time", Figures.span(result.from(), result.to()));
            RunResult.Base base = result.baseline();
            if (base != null) {
                facts.put("Beside", base.name() + " (" + base.id() + ")");
            }
            facts.put("JVMs", String.valueOf(result.jvms().size()));
        }
        return facts;
    }

    public List<String> warnings() {
        return result == null ? List.of() : result.warnings();
    }
}
