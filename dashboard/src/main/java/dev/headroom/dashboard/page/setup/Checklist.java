package dev.headroom.dashboard.page.setup;

import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.example.Examples;
import dev.headroom.dashboard.notify.Notifications;
import dev.headroom.dashboard.operations.Coverage;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a service should be watched for, each ticked by what was really seen in the time shown, never by a setting. Thread-safe;
 * blocks on the store.
 */
@Component
final class Checklist {
    private final MetricStore store;
    private final Operations operations;
    private final Examples examples;
    private final BudgetReports budgets;
    private final Notifications notifications;

    Checklist(
            MetricStore store,
            Operations operations,
            Examples examples,
            BudgetReports budgets,
            Notifications notifications) {
        this.store = store;
        this.operations = operations;
        this.examples = examples;
        this.budgets = budgets;
        this.notifications = notifications;
    }

    SetupPage.Wired of(String service, Frame frame) {
        Map<Coverage.Subject, Coverage> told = operations.coverage(service, frame.range()).stream()
                .collect(Collectors.toMap(Coverage::subject, Function.identity()));
        List<Instance> instances = store.instances(service);
        return new SetupPage.Wired(
                service,
                frame.service(service),
                senders(instances),
                List.of(
                        reporting(service, instances, frame),
                        seen(
                                told.get(Coverage.Subject.ROUTES),
                                "Requests",
                                "served requests are timed",
                                "No request was served, or the server is none that the agent knows",
                                frame.to("/routes", "service", service)),
                        seen(
                                told.get(Coverage.Subject.QUERIES),
                                "Queries",
                                "statements are timed by their shape",
                                "No statement ran, or not over JDBC",
                                frame.to("/queries", "service", service)),
                        slow(service, frame),
                        seen(
                                told.get(Coverage.Subject.POOLS),
                                "Connection pools",
                                "use and wait are known",
                                "No pool was seen",
                                frame.to("/pools", "service", service)),
                        seen(
                                told.get(Coverage.Subject.CACHES),
                                "Cache hit rates",
                                "lookups are counted by key pattern",
                                "No lookup was seen in Redis, Caffeine, Guava, Ehcache or a Spring cache",
                                frame.to("/caches", "service", service)),
                        judged(service, frame),
                        alerts(frame)));
    }

    private static String senders(List<Instance> instances) {
        Map<String, Integer> kinds = new TreeMap<>();
        for (Instance instance : instances) {
            String distro = instance.resource().getOrDefault("telemetry.distro.name", "");
            String sdk = instance.resource().getOrDefault("telemetry.sdk.name", "unknown sender");
            String version = instance.resource().getOrDefault("telemetry.distro.version", "");
            kinds.merge((distro.isEmpty() ? sdk : distro + " " + version).strip(), 1, Integer::sum);
        }
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + (kind.getValue() == 1 ? "" : " × " + kind.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static SetupPage.Box reporting(String service, List<Instance> instances, Frame frame) {
        long fresh = instances.stream().filter(frame::fresh).count();
        Instant last = instances.stream()
                .map(Instance::lastReport)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return new SetupPage.Box(
                "Reporting",
                fresh > 0,
                fresh > 0
                        ? fresh + (fresh == 1 ? " JVM reports now" : " JVMs report now")
                        : "silent since " + Figures.clock(last) + " UTC",
                frame.to("/instances", "service", service));
    }

    private static SetupPage.Box seen(@Nullable Coverage told, String name, String seen, String unseen, String href) {
        boolean reported = told != null && told.reported();
        String notes = told == null ? "" : String.join(" ", told.notes());
        String said = reported ? seen : unseen;
        return new SetupPage.Box(name, reported, notes.isEmpty() ? said : said + ". " + notes, href);
    }

    private SetupPage.Box slow(String service, Frame frame) {
        boolean any =
                !examples.find(ExampleSearch.newest(service, frame.range(), 1)).isEmpty();
        return new SetupPage.Box(
                "Slow requests kept",
                any,
                any
                        ? "slow and failed requests are kept with what ran in them"
                        : "None was kept: nothing was remarkable, or the agent's detail is not “all”",
                frame.to("/examples", "service", service));
    }

    private SetupPage.Box judged(String service, Frame frame) {
        List<BudgetStatus> all = budgets.of(service).items();
        long judged =
                all.stream().filter(each -> each.status() != Verdict.NO_DATA).count();
        return new SetupPage.Box(
                "Budgets",
                judged > 0,
                judged > 0
                        ? Figures.count(judged) + " of " + Figures.count(all.size()) + " have a verdict"
                        : "none has a verdict yet",
                frame.to("/", "service", service));
    }

    private SetupPage.Box alerts(Frame frame) {
        long usable = notifications.report().recipients().stream()
                .filter(told -> told.problem() == null)
                .count();
        return new SetupPage.Box(
                "Somebody is told",
                usable > 0,
                usable > 0
                        ? Figures.count(usable) + (usable == 1 ? " recipient" : " recipients")
                        : "no recipient in the budget file; Alertmanager can do it instead",
                frame.to("/notifications"));
    }
}
