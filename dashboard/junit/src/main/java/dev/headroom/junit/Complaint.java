package dev.headroom.junit;

import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.ScopeJudge;
import dev.headroom.dashboard.budget.StatementRuns;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.budget.file.Quantity;
import dev.headroom.dashboard.budget.file.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a scope did wrong, in words: budget, numbers, statement and caller. Immutable. */
final class Complaint {
    private static final int STATEMENTS = 3;
    private static final int TEXT = 300;

    private final String scope;
    private final List<RecordedRun> runs;
    private final List<ScopeJudge.Ruling> failed = new ArrayList<>();

    Complaint(String scope, List<RecordedRun> runs, List<ScopeJudge.Ruling> rulings) {
        this.scope = scope;
        this.runs = runs;
        rulings.stream().filter(each -> each.failed() || each.missing()).forEach(failed::add);
    }

    boolean isEmpty() {
        return failed.isEmpty();
    }

    /** @param file where the budgets are from */
    String text(String file) {
        StringBuilder text = new StringBuilder("Scope " + scope + " breaks "
                + (failed.size() == 1 ? "a budget" : failed.size() + " budgets") + " of " + file + ":");
        for (ScopeJudge.Ruling ruling : failed) {
            text.append(System.lineSeparator()).append("  ").append(line(ruling));
        }
        return text.toString();
    }

    private String line(ScopeJudge.Ruling ruling) {
        Budget budget = ruling.budget();
        BudgetStatus status = ruling.status();
        String about = status.subject().equals(scope) ? "" : " (" + status.subject() + ")";
        if (status.status() == Verdict.NO_DATA) {
            return budget.id() + about + ": NO DATA for " + budget.measure()
                    + ", which fails the test as the budget says" + " no_data: fail: " + status.sentence();
        }
        String numbers = budget.id() + about + ": " + measured(budget) + " " + status.current() + ", allowed "
                + budget.accepted();
        String evidence = evidence(budget);
        String sentence = budget.signal() == Signal.SCOPE ? "" : ": " + status.sentence();
        return numbers + sentence + (evidence.isEmpty() ? "" : ": " + evidence);
    }

    /** Of counts that are the same on any machine the quantity says it all: which statistic it is does not matter. */
    private static String measured(Budget budget) {
        Quantity quantity = budget.measure().quantity();
        boolean greatest = budget.measure() instanceof Measure.Statistic statistic
                && statistic.kind() == Measure.Statistic.Kind.MAX
                && statistic.filter() == null;
        return greatest && quantity != null && !quantity.key().equals("duration")
                ? quantity.key()
                : budget.measure().toString();
    }

    private String evidence(Budget budget) {
        Quantity quantity = budget.measure().quantity();
        String key = quantity == null ? "" : quantity.key();
        boolean sql =
                budget.signal() == Signal.SCOPE || budget.signal() == Signal.DB || budget.signal() == Signal.REQUEST;
        if (!sql || key.startsWith("redis.")) {
            return "";
        }
        return switch (key) {
            case "db.repeated" -> repeated(StatementRuns::reads);
            case "db.repeated_writes" -> repeated(StatementRuns::writes);
            case "db.calls", "db.rows" -> most(Comparator.comparingLong(StatementRuns::runs));
            default -> most(Comparator.comparingDouble(StatementRuns::seconds));
        };
    }

    /** The statement that was run most often within one run of the scope. */
    private String repeated(Predicate<StatementRuns> which) {
        StatementRuns most = null;
        RecordedRun in = null;
        for (RecordedRun run : runs) {
            for (StatementRuns each : StatementRuns.of(run.run().points())) {
                if (which.test(each) && (most == null || each.runs() > most.runs())) {
                    most = each;
                    in = run;
                }
            }
        }
        if (most == null || in == null) {
            return "";
        }
        return shortened(most.text()) + " was executed " + times(most.runs()) + " from " + places(most, List.of(in));
    }

    /** The statements that matter most, over all runs of the scope. */
    private String most(Comparator<StatementRuns> order) {
        List<StatementRuns> statements = new ArrayList<>(StatementRuns.of(
                runs.stream().flatMap(run -> run.run().points().stream()).toList()));
        if (statements.isEmpty()) {
            return "";
        }
        statements.sort(order.reversed());
        StringBuilder text = new StringBuilder();
        for (StatementRuns each : statements.subList(0, Math.min(STATEMENTS, statements.size()))) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(shortened(each.text()))
                    .append(" was executed ")
                    .append(times(each.runs()))
                    .append(String.format(Locale.ROOT, " in %.1f ms from ", each.seconds() * 1e3))
                    .append(places(each, runs));
        }
        int others = statements.size() - STATEMENTS;
        return others > 0 ? text + "; and " + others + " other statements" : text.toString();
    }

    private static String times(long runs) {
        return runs == 1 ? "once" : runs + " times";
    }

    private static String places(StatementRuns statement, List<RecordedRun> within) {
        Map<String, Long> places = new TreeMap<>();
        for (RecordedRun run : within) {
            run.callers()
                    .getOrDefault(statement.fingerprint(), Map.of())
                    .forEach((place, count) -> places.merge(place, count, Long::sum));
        }
        if (places.isEmpty()) {
            return "an unknown place";
        }
        if (places.size() == 1) {
            return places.keySet().iterator().next();
        }
        StringBuilder text = new StringBuilder();
        places.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(each -> text.append(text.isEmpty() ? "" : ", ")
                        .append(each.getKey())
                        .append(" (")
                        .append(each.getValue())
                        .append(")"));
        return text.toString();
    }

    private static String shortened(String statement) {
        return statement.length() <= TEXT ? statement : statement.substring(0, TEXT) + " ...";
    }
}
