package dev.headroom.junit;

import dev.headroom.dashboard.budget.ScopeJudge;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What all tests of one JVM share: the agent, the files, and the report that is written at the end. Thread-safe.
 */
@SuppressWarnings("deprecation") // older JUnits close nothing else
final class Session implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(Session.class);
    private static final String FILE = "headroom.junit.budgets";
    private static final String REPORT = "headroom.junit.report";
    private static final String SERVICE = "headroom.junit.service";

    private final Map<String, Budgets> files = new LinkedHashMap<>();
    private final RunReport report;
    private @Nullable LocalAgent agent;
    private String opened = "";

    private Session(ExtensionContext context) {
        this.report = new RunReport(
                context.getConfigurationParameter(SERVICE).orElseGet(RunReport::projectName),
                context.getConfigurationParameter(REPORT).orElse(""));
    }

    static Session of(ExtensionContext context) {
        return context.getRoot()
                .getStore(OWN)
                .getOrComputeIfAbsent(Session.class, any -> new Session(context), Session.class);
    }

    /**
     * The budgets of a test, with the agent ready to record for them.
     *
     * @return null when no file was named and the usual one is not there: such a test is not gated
     */
    synchronized @Nullable Budgets budgets(ExtensionContext context, Gate gate, boolean annotated) {
        String named =
                gate.file().isEmpty() ? context.getConfigurationParameter(FILE).orElse("") : gate.file();
        String place = named.isEmpty() ? Budgets.USUAL : named;
        Budgets known = files.get(place);
        if (known == null) {
            known = Budgets.find(place, context.getRequiredTestClass());
            if (known == null) {
                if (annotated || !named.isEmpty()) {
                    throw Budgets.missing(place);
                }
                return null;
            }
            files.put(place, known);
        }
        agent();
        return known;
    }

    /** The agent, told of the limits of all files so far. */
    synchronized LocalAgent agent() {
        LocalAgent running = agent;
        if (running == null) {
            running = LocalAgent.start();
            agent = running;
            opened = "none yet";
        }
        String limits = limits();
        if (!limits.equals(opened) && Recording.current() == null) {
            running.open(limits);
            opened = limits;
        }
        return running;
    }

    private String limits() {
        Map<String, TreeSet<Long>> union = new TreeMap<>();
        for (Budgets budgets : files.values()) {
            for (String line : budgets.judge().limitLines().split("\n")) {
                String[] words = line.split(" ");
                for (int i = 1; i < words.length; i++) {
                    TreeSet<Long> ofMetric = union.computeIfAbsent(words[0], any -> new TreeSet<>());
                    if (ofMetric.size() < dev.headroom.dashboard.budget.LimitsBook.MOST) {
                        ofMetric.add(Long.parseLong(words[i]));
                    }
                }
            }
        }
        StringBuilder lines = new StringBuilder();
        union.forEach((metric, nanos) -> {
            lines.append(metric);
            nanos.forEach(each -> lines.append(' ').append(each));
            lines.append('\n');
        });
        return lines.toString();
    }

    /**
     * Judges what scopes did and notes it in the report.
     *
     * @throws PerformanceBudgetError when a budget is broken, or was not measured and had to be
     */
    synchronized void judge(Budgets budgets, Map<String, List<RecordedRun>> scopes) {
        StringBuilder broken = new StringBuilder();
        scopes.forEach((scope, runs) -> {
            List<ScopeJudge.Ruling> rulings = budgets.judge()
                    .judge(
                            report.service(),
                            scope,
                            runs.stream().map(RecordedRun::run).toList(),
                            Instant.now());
            report.add(budgets, scope, runs, rulings);
            Complaint complaint = new Complaint(scope, runs, rulings);
            if (!complaint.isEmpty()) {
                broken.append(broken.isEmpty() ? "" : System.lineSeparator()).append(complaint.text(budgets.place()));
            }
        });
        if (!broken.isEmpty()) {
            throw new PerformanceBudgetError(broken.toString());
        }
    }

    /** Writes the report. */
    @Override
    public synchronized void close() {
        report.write(files.values());
    }
}
