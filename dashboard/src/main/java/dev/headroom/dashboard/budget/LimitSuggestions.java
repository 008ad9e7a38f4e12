package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Budgets that a service would keep with some headroom, from what it did: the measured p95 and a quarter more as the target, twice as
 * much as acceptable. They say what is, not what ought to be. Thread-safe; blocks on the store.
 */
public final class LimitSuggestions {
    private static final int MOST_OF_EACH = 20;
    private static final long FEWEST_EVENTS = 300;
    private static final BigDecimal TARGET = new BigDecimal("1.25");
    private static final BigDecimal ACCEPTABLE = new BigDecimal("2");
    private static final String TEMPLATES = """
            version: 1
            budgets:
              - { id: route, signal: http, per: [service, route], measure: p95(duration), target: "< 1s" }
              - { id: query, signal: db, per: [service, query], measure: p95(duration), target: "< 1s" }
              - { id: peer, signal: http-client, per: [service, peer], measure: p95(duration), target: "< 1s" }
              - { id: cache, signal: cache, per: [service, cache], measure: share(result = hit), target: ">= 50%" }
            """;

    private final MetricStore store;
    private final BudgetFile templates = new BudgetFileReader(LocalDate.EPOCH).parse("suggestions", TEMPLATES);

    /**
     * A budget that would be kept.
     *
     * @param subject what it is about
     * @param measured value of the measure, in words
     * @param n events that it was measured on
     * @param yaml an entry of {@code budgets}
     */
    public record Suggestion(String subject, String measured, long n, String target, String acceptable, String yaml) {}

    public LimitSuggestions(MetricStore store) {
        this.store = store;
    }

    /** For the subjects with the most events; none for fewer than 300 events. */
    public List<Suggestion> of(String service, TimeRange range) {
        List<Suggestion> suggestions = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Check check : Check.all(templates)) {
            EventSource source = check.source();
            if (source == null) {
                continue;
            }
            Reading reading =
                    store.read(new Selection(service, Set.of(source.metric().metricName()), range, false));
            List<Sighting> sightings = new ArrayList<>();
            for (SeriesData data : reading.series()) {
                sightings.add(new Sighting(data.key(), new Origin(service, "", Map.of()), data.value()));
            }
            Tally.count(check, sightings).entrySet().stream()
                    .filter(each -> each.getValue().get(0).n() >= FEWEST_EVENTS
                            && !each.getKey().equals(Facts.OTHER))
                    .sorted(Comparator.comparingLong((Map.Entry<String, List<Tally>> each) ->
                                    -each.getValue().get(0).n())
                            .thenComparing(Map.Entry::getKey))
                    .limit(MOST_OF_EACH)
                    .forEach(each -> add(
                            suggestions,
                            ids,
                            check.budget(),
                            each.getKey(),
                            each.getValue().get(0)));
        }
        return suggestions;
    }

    private static void add(
            List<Suggestion> suggestions, Set<String> ids, Budget template, String subject, Tally tally) {
        String key = template.id();
        String target;
        String acceptable;
        double value;
        if (template.measure() instanceof Measure.Quantile quantile && tally.durations() != null) {
            value = tally.durations().histogram().quantile(quantile.q().doubleValue());
            if (!(value > 0) || tally.untimed() > 0) {
                return;
            }
            target = "< " + duration(BigDecimal.valueOf(value).multiply(TARGET));
            acceptable = "< " + duration(BigDecimal.valueOf(value).multiply(ACCEPTABLE));
        } else {
            value = (double) tally.meeting() / tally.n();
            // Half as many misses again, and twice as many.
            target = ">= " + share(1 - (1 - value) * 1.5);
            acceptable = ">= " + share(1 - (1 - value) * 2);
            if (target.equals(">= 0%") || acceptable.equals(">= 0%")) {
                return;
            }
        }
        String id = id(key, subject, ids);
        String yaml = "- { id: " + id + ", signal: " + template.signal().key() + ", where: { " + key + ": "
                + quoted(subject) + " }, measure: " + template.measure() + ", target: \"" + target
                + "\", acceptable: \"" + acceptable + "\" }";
        suggestions.add(new Suggestion(
                subject,
                template.measure() + " "
                        + Wording.value(value, template.measure().dimension()),
                tally.n(),
                target,
                acceptable,
                yaml));
    }

    /** Two digits, rounded up, in a unit that suits. */
    private static String duration(BigDecimal seconds) {
        BigDecimal millis = seconds.movePointRight(3).round(new MathContext(2, RoundingMode.CEILING));
        return millis.compareTo(BigDecimal.valueOf(1000)) < 0
                ? millis.stripTrailingZeros().toPlainString() + "ms"
                : millis.movePointLeft(3).stripTrailingZeros().toPlainString() + "s";
    }

    private static String share(double share) {
        return Math.max(0, (long) Math.floor(share * 100)) + "%";
    }

    /** As YAML reads it back, whatever a statement holds; a star in it stays a star for the glob. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == '\u0085' || c == '\u2028' || c == '\u2029') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String id(String key, String subject, Set<String> taken) {
        String slug = (key + "-" + subject.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
        slug = slug.substring(0, Math.min(slug.length(), 56)).replaceAll("-+$", "");
        String id = slug;
        for (int i = 2; !taken.add(id); i++) {
            id = slug + "-" + i;
        }
        return id;
    }
}
