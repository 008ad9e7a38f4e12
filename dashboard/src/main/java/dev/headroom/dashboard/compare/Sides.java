package dev.headroom.dashboard.compare;

import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the two stretches that an address names. {@code a} is the one before: {@code previous}, {@code day}, {@code week},
 * {@code before:NAME} of a deploy or migration, {@code version:NAME}, or {@code FROM/TO}. {@code b} is the one after:
 * {@code after:NAME}, {@code version:NAME}, {@code FROM/TO}, or nothing for the time shown. Thread-safe; blocks on the store.
 */
@Component
public class Sides {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    /** A JVM that has just begun is slow by itself; that is no finding about what was deployed. */
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    /** Windows of the last moments are still on their way. */
    private static final Duration UNDERWAY = Duration.ofSeconds(6);

    private static final String VERSION = "service.version";
    private static final String EXPECTED =
            "previous, day, week, before:NAME or after:NAME of a deploy, version:NAME, or FROM/TO in ISO-8601";

    private final MetricStore store;
    private final EpochBook epochs;

    public Sides(MetricStore store, EpochBook epochs) {
        this.store = store;
        this.epochs = epochs;
    }

    /** Both of them. */
    public record Pair(Side before, Side after) {}

    /**
     * @param shown what is shown else; its length is that of sides that name only a moment
     * @throws WrongSideException when one of them is not there
     */
    public Pair of(String service, String a, String b, TimeRange shown, Instant now) {
        Duration length = shown.length().compareTo(SHORTEST) < 0 ? SHORTEST : shown.length();
        Instant known = now.minus(UNDERWAY);
        String after = b;
        if (after.isEmpty() && a.startsWith("before:")) {
            after = "after:" + a.substring("before:".length());
        }
        if (after.isEmpty() && a.startsWith("version:")) {
            after = "version:" + newestBut(service, a.substring("version:".length()));
        }
        Side second = after.isEmpty()
                ? new Side("", "the time shown", until(shown, known), null)
                : side(service, after, length, known);
        Side first = switch (a) {
            case "", "previous" -> new Side("previous", "the same time before it", shifted(second, null), null);
            case "day" -> new Side(a, "the same time a day before", shifted(second, Duration.ofDays(1)), null);
            case "week" -> new Side(a, "the same time a week before", shifted(second, Duration.ofDays(7)), null);
            default -> side(service, a, length, known);
        };
        return new Pair(first, second);
    }

    private static TimeRange shifted(Side of, @Nullable Duration by) {
        Duration back = by == null ? of.range().length() : by;
        return new TimeRange(of.range().from().minus(back), of.range().to().minus(back));
    }

    private Side side(String service, String text, Duration length, Instant known) {
        int colon = text.indexOf(':');
        String name = text.substring(colon + 1);
        if (text.startsWith("before:")) {
            return before(epoch(service, name), text, length);
        }
        if (text.startsWith("after:")) {
            return after(epoch(service, name), text, length, known);
        }
        if (text.startsWith("version:")) {
            return version(service, name, text, length, known);
        }
        return new Side(text, "a time of its own", fixed(text, known), null);
    }

    /** Not further back than the epoch before it. */
    private Side before(Epoch epoch, String text, Duration length) {
        Instant from = epoch.at().minus(length);
        for (Epoch other : epochs.of(epoch.service())) {
            from = other.at().isBefore(epoch.at()) && other.at().isAfter(from) ? other.at() : from;
        }
        return new Side(
                text, "before " + epoch.kind().word() + " " + epoch.name(), new TimeRange(from, epoch.at()), null);
    }

    /** Not further than to the next epoch. */
    private Side after(Epoch epoch, String text, Duration length, Instant known) {
        Instant end = known;
        for (Epoch other : epochs.of(epoch.service())) {
            end = other.at().isAfter(epoch.at()) && other.at().isBefore(end) ? other.at() : end;
        }
        Instant warm = epoch.at().plus(WARM_UP);
        boolean young = end.isBefore(warm.plus(SHORTEST));
        Instant from = young ? epoch.at() : warm;
        Instant to = from.plus(length).isBefore(end) ? from.plus(length) : end;
        if (!from.isBefore(to)) {
            throw new WrongSideException(text, "a moment that is over: nothing is known yet of the time after it");
        }
        String words = "after " + epoch.kind().word() + " " + epoch.name()
                + (young ? "" : ", without its first minute, in which a JVM warms up");
        return new Side(text, words, new TimeRange(from, to), null);
    }

    private Epoch epoch(String service, String name) {
        List<Epoch> all = epochs.of(service);
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new WrongSideException(
                        name,
                        all.isEmpty()
                                ? "a deploy or migration; none of " + service
                                        + " is known (POST /api/v1/epochs tells of one)"
                                : "one of "
                                        + all.stream()
                                                .map(Epoch::name)
                                                .distinct()
                                                .toList()));
    }

    /** The last time in which JVMs of the version reported. */
    private Side version(String service, String version, String text, Duration length, Instant known) {
        Instant first = null;
        Instant last = null;
        for (Instance instance : store.instances(service)) {
            if (version.equals(instance.resource().get(VERSION))) {
                first = first == null || instance.firstReport().isBefore(first) ? instance.firstReport() : first;
                last = last == null || instance.lastReport().isAfter(last) ? instance.lastReport() : last;
            }
        }
        if (first == null || last == null) {
            throw new WrongSideException(
                    text, "version: and one of " + versions(service).keySet());
        }
        Instant to = last.isBefore(known) ? last : known;
        Instant from = to.minus(length).isBefore(first) ? first : to.minus(length);
        if (!from.isBefore(to)) {
            throw new WrongSideException(text, "a version that has reported for longer");
        }
        return new Side(text, "version " + version, new TimeRange(from, to), version);
    }

    /** Every version that reported, and when its last report came. */
    public Map<String, Instant> versions(String service) {
        Map<String, Instant> versions = new TreeMap<>();
        for (Instance instance : store.instances(service)) {
            String version = instance.resource().get(VERSION);
            if (version != null && !version.isBlank()) {
                versions.merge(version, instance.lastReport(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return versions;
    }

    private String newestBut(String service, String version) {
        Map<String, Instant> versions = versions(service);
        return versions.entrySet().stream()
                .filter(each -> !each.getKey().equals(version))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(
                        () -> new WrongSideException("version:" + version, "another version beside it; there is none"));
    }

    private static TimeRange fixed(String text, Instant known) {
        String[] ends = text.split("/", -1);
        try {
            if (ends.length == 2) {
                return until(new TimeRange(instant(ends[0]), instant(ends[1])), known);
            }
        } catch (DateTimeException | IllegalArgumentException wrong) {
            throw new WrongSideException(text, EXPECTED);
        }
        throw new WrongSideException(text, EXPECTED);
    }

    private static TimeRange until(TimeRange range, Instant known) {
        return range.to().isAfter(known) && range.from().isBefore(known) ? new TimeRange(range.from(), known) : range;
    }

    private static Instant instant(String text) {
        return text.chars().allMatch(Character::isDigit)
                ? Instant.ofEpochMilli(Long.parseLong(text))
                // A plus sign in a query string arrives as a blank.
                : OffsetDateTime.parse(text.trim().replace(' ', '+')).toInstant();
    }
}
