package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a {@link Frame} from a URL and the store. Thread-safe; blocks on the store. */
@Component
public final class Frames {
    /** A JVM that has been silent for longer is not counted as reporting: three flushes of 5 s and some slack. */
    static final Duration SILENT = Duration.ofSeconds(20);

    private static final Duration A_DAY = Duration.ofHours(24);
    /** Ranges from a day on begin with a cell as they are stored, up to ten minutes earlier: its parts would be read one by one. */
    private static final long CELL_MILLIS = 600_000;

    private static final String ENVIRONMENT = "deployment.environment.name";

    private final MetricStore store;
    private final BudgetReports reports;
    private final EpochBook epochs;
    private final InstantSource clock;

    Frames(MetricStore store, BudgetReports reports, EpochBook epochs, InstantSource clock) {
        this.store = store;
        this.reports = reports;
        this.epochs = epochs;
        this.clock = clock;
    }

    /** @param service overrides the parameter of that name; null to leave it */
    public Frame read(String path, Map<String, String> parameters, @Nullable String service) {
        Instant now = clock.instant();
        List<String> problems = new ArrayList<>();
        String environment = parameters.get("env");
        Map<String, List<Instance>> services = new LinkedHashMap<>();
        TreeSet<String> environments = new TreeSet<>();
        for (String name : store.services()) {
            List<Instance> instances = store.instances(name);
            instances.forEach(instance -> environments.add(environmentOf(instance)));
            if (environment == null
                    || instances.stream().anyMatch(i -> environmentOf(i).equals(environment))) {
                services.put(name, instances);
            }
        }
        environments.remove("");
        String chosen = service != null ? service : parameters.get("service");
        if (chosen != null && !services.containsKey(chosen)) {
            problems.add("No service called “" + chosen + "” has reported. "
                    + (services.isEmpty()
                            ? "None has yet."
                            : "Those that have: " + String.join(", ", services.keySet()) + "."));
        }
        TimeRange fixed = fixed(parameters, now, problems);
        String about =
                chosen != null ? chosen : services.keySet().stream().findFirst().orElse(null);
        Epoch deploy = about == null ? null : lastDeploy(about, now);
        String reach = reach(parameters, about, deploy, problems);
        TimeRange range = fixed != null ? fixed : rolling(reach, deploy, now);
        List<Instance> shown = services.entrySet().stream()
                .filter(entry -> chosen == null || entry.getKey().equals(chosen))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
        Instant newest =
                shown.stream().map(Instance::lastReport).max(Instant::compareTo).orElse(null);
        return new Frame(
                path,
                new LinkedHashMap<>(parameters),
                chosen,
                List.copyOf(services.keySet()),
                environment,
                List.copyOf(environments),
                range,
                fixed == null ? reach : null,
                deploy,
                fixed == null && !"off".equals(parameters.get("live")),
                now,
                worst(chosen),
                (int) shown.stream()
                        .filter(i -> i.lastReport().isAfter(range.from()))
                        .count(),
                (int) shown.stream()
                        .filter(i -> i.lastReport().isAfter(now.minus(SILENT)))
                        .count(),
                newest == null ? null : Duration.between(newest, now),
                problems.isEmpty() ? null : String.join(" ", problems));
    }

    private @Nullable Verdict worst(@Nullable String service) {
        return reports.all().stream()
                .filter(report -> service == null || report.service().equals(service))
                .map(BudgetReport::overall)
                .max(Verdict::compareTo)
                .orElse(null);
    }

    private static String environmentOf(Instance instance) {
        String name = instance.resource().get(ENVIRONMENT);
        return name != null ? name : instance.resource().getOrDefault("deployment.environment", "");
    }

    private @Nullable Epoch lastDeploy(String service, Instant now) {
        return epochs.of(service).stream()
                .filter(epoch -> epoch.kind() == Epoch.Kind.DEPLOY && epoch.at().isBefore(now))
                .findFirst()
                .orElse(null);
    }

    private static String reach(
            Map<String, String> parameters, @Nullable String about, @Nullable Epoch deploy, List<String> problems) {
        String asked = parameters.getOrDefault("range", Frame.DEFAULT_REACH);
        if (Frame.REACHES.containsKey(asked) || (asked.equals(Frame.SINCE_DEPLOY) && deploy != null)) {
            return asked;
        }
        if (asked.equals(Frame.SINCE_DEPLOY)) {
            problems.add("No deploy of " + (about == null ? "any service" : about)
                    + " is known. Deploys are told by POST /api/v1/epochs, or seen when service.version changes. Showing "
                    + Frame.DEFAULT_REACH + ".");
        } else {
            problems.add("range=" + asked + " is not known; expected one of "
                    + String.join(", ", Frame.REACHES.keySet()) + ", " + Frame.SINCE_DEPLOY
                    + ", or from= and to=. Showing " + Frame.DEFAULT_REACH + ".");
        }
        return Frame.DEFAULT_REACH;
    }

    /** Since the deploy, or as long as the range's name says. */
    private static TimeRange rolling(String reach, @Nullable Epoch deploy, Instant now) {
        Duration length = Frame.REACHES.get(reach);
        if (length != null) {
            Instant from = now.minus(length);
            boolean day = length.compareTo(A_DAY) >= 0;
            return new TimeRange(day ? from.minusMillis(Math.floorMod(from.toEpochMilli(), CELL_MILLIS)) : from, now);
        }
        if (deploy == null) {
            throw new IllegalArgumentException("range " + reach + " without a deploy");
        }
        return new TimeRange(deploy.at(), now);
    }

    private static @Nullable TimeRange fixed(Map<String, String> parameters, Instant now, List<String> problems) {
        if (!parameters.containsKey("from")) {
            return null;
        }
        try {
            Instant from = instant(parameters.getOrDefault("from", ""));
            Instant to = parameters.containsKey("to") ? instant(parameters.getOrDefault("to", "")) : now;
            if (from.isBefore(to)) {
                return new TimeRange(from, to);
            }
            problems.add("from=" + from + " is not before to=" + to + ". Showing " + Frame.DEFAULT_REACH + ".");
        } catch (DateTimeParseException | NumberFormatException e) {
            problems.add("from=" + parameters.get("from") + ", to=" + parameters.get("to")
                    + " is not a time range; expected ISO-8601 in UTC, such as 2026-11-21T14:00:00Z, or epoch milliseconds. Showing "
                    + Frame.DEFAULT_REACH + ".");
        }
        return null;
    }

    /** ISO-8601 with Z, the local form of a browser's date field (taken as UTC), or epoch milliseconds. */
    private static Instant instant(String text) {
        if (text.chars().allMatch(Character::isDigit)) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
