package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Baselines that are stretches of stored time; runs are left to another. Immutable; asks the epochs, which may block on the store. */
final class TimeBaselines implements Baselines {
    private static final Duration WEEK = Duration.ofDays(7);

    /** What is a week old is stored in cells of this length. */
    private static final long COARSE_SECONDS = 600;

    /** How much of the version before is compared with, at most: a day's rush must not hide a change. */
    private static final Duration BEFORE_DEPLOY = Duration.ofHours(1);

    private final Baselines runs;
    private final Epochs epochs;

    /** @param runs asked for {@code run:ID} */
    TimeBaselines(Baselines runs, Epochs epochs) {
        this.runs = runs;
        this.epochs = epochs;
    }

    /** Without deploys. */
    TimeBaselines(Baselines runs) {
        this(runs, Epochs.NONE);
    }

    /** Without runs and deploys. */
    TimeBaselines() {
        this((service, compare, window) -> new Baseline.None("no runs are kept here"), Epochs.NONE);
    }

    @Override
    public Baseline find(String service, Budget.Compare compare, TimeRange window) {
        return switch (compare.kind()) {
            case PREVIOUS_WINDOW ->
                new Baseline.Stored(TimeRange.upTo(window.from(), window.length()), "the window before");
            case RANGE -> range(service, String.valueOf(compare.argument()));
            case RUN -> runs.find(service, compare, window);
            case PREVIOUS_DEPLOY -> deploy(service, window);
            case SAME_TIME_LAST_WEEK -> lastWeek(window);
        };
    }

    /** The end of the version before, and nothing of one before that. */
    private Baseline deploy(String service, TimeRange window) {
        Instant deploy = epochs.lastDeploy(service, window.to());
        if (deploy == null) {
            return new Baseline.None(
                    "no deploy is known yet: POST /api/v1/epochs tells of one, and so does a new service.version");
        }
        Duration length = window.length().compareTo(BEFORE_DEPLOY) > 0 ? window.length() : BEFORE_DEPLOY;
        Instant from = deploy.minus(length);
        Instant before = epochs.lastDeploy(service, deploy);
        return new Baseline.Stored(
                new TimeRange(before != null && before.isAfter(from) ? before : from, deploy),
                "before the deploy of " + deploy);
    }

    /** In whole cells, so that the store need not guess. */
    private static Baseline lastWeek(TimeRange window) {
        long from = Math.floorDiv(window.from().minus(WEEK).getEpochSecond(), COARSE_SECONDS) * COARSE_SECONDS;
        long to = -Math.floorDiv(-window.to().minus(WEEK).getEpochSecond(), COARSE_SECONDS) * COARSE_SECONDS;
        return new Baseline.Stored(
                new TimeRange(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to)), "the same time last week");
    }

    private Baseline range(String service, String argument) {
        int slash = argument.indexOf('/');
        if (slash <= 0) {
            return new Baseline.None("range:" + argument + " is not FROM/TO");
        }
        Instant from = moment(service, argument.substring(0, slash));
        Instant to = moment(service, argument.substring(slash + 1));
        if (from == null || to == null) {
            return new Baseline.None("no epoch of " + service + " is called "
                    + (from == null ? argument.substring(0, slash) : argument.substring(slash + 1)));
        }
        return from.isBefore(to)
                ? new Baseline.Stored(new TimeRange(from, to), "the range " + argument)
                : new Baseline.None("range:" + argument + " ends before it begins");
    }

    private @Nullable Instant moment(String service, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return epochs.named(service, text);
        }
    }
}
