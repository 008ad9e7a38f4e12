package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one entry of {@code budgets}, {@code tests.budgets} or {@code tests.load}, and checks what a schema cannot. */
final class BudgetReader {
    static final List<String> KEYS = List.of(
            "id",
            "signal",
            "measure",
            "target",
            "acceptable",
            "where",
            "per",
            "compare",
            "title",
            "why",
            "runbook",
            "owner",
            "enabled");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final Set<String> classes;
    private final boolean scoped;
    private final List<String> keys = new ArrayList<>(KEYS);

    /**
     * @param classes names that {@code where: { class: … }} may use
     * @param scoped a budget of a named block or test
     */
    BudgetReader(Set<String> classes, boolean scoped) {
        this.classes = classes;
        this.scoped = scoped;
        if (scoped) {
            keys.add("scope");
        }
        keys.addAll(KnobsReader.KEYS);
    }

    Budget read(Part part, Knobs defaults) {
        Map<String, Part> entries = part.entries("a budget with id, signal, measure and target", keys);
        String id = id(required(part, entries, "id"));
        Part scope = entries.get("scope");
        Signal signal = signal(part, entries, scope);
        Part measurePart = required(part, entries, "measure");
        Measure measure = measure(measurePart, signal);
        Part targetPart = required(part, entries, "target");
        Limit target = limit(targetPart);
        Budget.@Nullable Compare compare = compare(entries.get("compare"));
        if (compare != null && signal.free()) {
            throw measurePart.wrong("no compare; metrics by name are not compared with a baseline");
        }
        checkDimension(targetPart, target, measure, compare, signal);
        Part acceptablePart = entries.get("acceptable");
        Limit acceptable = null;
        if (acceptablePart != null) {
            acceptable = limit(acceptablePart);
            checkDimension(acceptablePart, acceptable, measure, compare, signal);
            if (!acceptable.looserOrEqual(target)) {
                throw acceptablePart.wrong("a limit looser than the target \"" + target + "\"");
            }
        }
        return new Budget(
                id,
                optional(entries, "title", id),
                text(entries.get("why")),
                text(entries.get("runbook")),
                text(entries.get("owner")),
                enabled(entries.get("enabled")),
                signal,
                where(entries.get("where"), signal),
                per(entries.get("per")),
                measure,
                target,
                acceptable,
                compare,
                text(scope),
                KnobsReader.read(entries, defaults),
                part.place());
    }

    static String id(Part part) {
        String expected = "a lower-case slug of at most 63 letters, digits and hyphens";
        String id = part.text(expected);
        if (!id.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw part.wrong(expected);
        }
        return id;
    }

    static boolean enabled(@Nullable Part part) {
        return part == null || part.word(List.of("true", "false")).equals("true");
    }

    private static @Nullable String text(@Nullable Part part) {
        return part == null ? null : part.text("a text");
    }

    private static String optional(Map<String, Part> entries, String key, String absent) {
        String text = text(entries.get(key));
        return text == null ? absent : text;
    }

    private static Part required(Part budget, Map<String, Part> entries, String key) {
        Part part = entries.get(key);
        if (part == null) {
            throw budget.wrong("the key " + key);
        }
        return part;
    }

    private Signal signal(Part budget, Map<String, Part> entries, @Nullable Part scope) {
        Part part = entries.get("signal");
        if (part == null) {
            if (scoped && scope != null) {
                return Signal.SCOPE;
            }
            throw budget.wrong(scoped ? "the key scope or signal" : "the key signal");
        }
        Signal signal = Signal.of(part.word(Signal.keys()));
        if (signal == null) {
            throw part.wrong("a signal");
        }
        return signal;
    }

    private static Measure measure(Part part, Signal signal) {
        try {
            return new MeasureParser(signal).parse(part.text("a measure such as p95(duration)"));
        } catch (WrongTextException e) {
            throw part.wrong(e);
        }
    }

    private static Limit limit(Part part) {
        try {
            return Limit.parse(part.text("a limit such as \"< 50ms\""));
        } catch (WrongTextException e) {
            throw part.wrong(e);
        }
    }

    /** A limit that suits what is measured. */
    static Limit limit(Part part, Measure measure, Budget.@Nullable Compare compare, Signal signal) {
        Limit limit = limit(part);
        checkDimension(part, limit, measure, compare, signal);
        return limit;
    }

    private static void checkDimension(
            Part part, Limit limit, Measure measure, Budget.@Nullable Compare compare, Signal signal) {
        BigDecimal amount = limit.amount().base();
        if (compare != null && limit.relative()) {
            if (limit.dimension() != Dimension.SHARE) {
                throw part.wrong("a change in percent, such as \"<= +10%\"");
            }
            int least = amount.compareTo(BigDecimal.ONE.negate());
            if (limit.operator().upper() && (least < 0 || (least == 0 && limit.operator() == Operator.LESS))) {
                throw part.wrong("a change of -100% or more; less than nothing cannot be left");
            }
            return;
        }
        if (compare != null) {
            throw part.wrong("with compare a change such as \"<= +10%\"");
        }
        if (limit.relative()) {
            throw part.wrong("a limit without sign; a change such as \"<= +10%\" needs the key compare");
        }
        Dimension expected = measure.dimension();
        if (!signal.free() && limit.dimension() != expected) {
            throw part.wrong("for " + measure + " " + expected.expected());
        }
        if (limit.operator() == Operator.LESS && amount.signum() == 0) {
            throw part.wrong("a limit that something can meet, such as \"= 0\"; nothing is below 0");
        }
        if (measure instanceof Measure.Share && amount.compareTo(BigDecimal.ONE) > 0) {
            throw part.wrong("a share from 0% to 100%");
        }
        if (measure instanceof Measure.Share
                && limit.operator() == Operator.MORE
                && amount.compareTo(BigDecimal.ONE) == 0) {
            throw part.wrong("a limit that something can meet, such as \"= 100%\"; nothing is above 100%");
        }
    }

    private static Budget.@Nullable Compare compare(@Nullable Part part) {
        if (part == null) {
            return null;
        }
        Part to = part.entries("{ to: previous-window }", List.of("to")).get("to");
        String expected = "previous-window, previous-deploy, same-time-last-week, run:ID or range:FROM/TO";
        if (to == null) {
            throw part.wrong("the key to: " + expected);
        }
        String text = to.text(expected);
        if (text.startsWith("run:") && text.length() > 4) {
            return new Budget.Compare(Budget.Compare.Kind.RUN, text.substring(4));
        }
        if (text.startsWith("range:")) {
            if (!text.matches("range:[^/]+/[^/]+")) {
                throw to.wrong("range:FROM/TO, each a time such as 2026-11-21T10:15:00Z or the name of an epoch");
            }
            return new Budget.Compare(Budget.Compare.Kind.RANGE, text.substring(6));
        }
        return switch (text) {
            case "previous-window" -> new Budget.Compare(Budget.Compare.Kind.PREVIOUS_WINDOW, null);
            case "previous-deploy" -> new Budget.Compare(Budget.Compare.Kind.PREVIOUS_DEPLOY, null);
            case "same-time-last-week" -> new Budget.Compare(Budget.Compare.Kind.SAME_TIME_LAST_WEEK, null);
            default -> throw to.wrong(expected);
        };
    }

    private Map<String, ValuePattern> where(@Nullable Part part, Signal signal) {
        if (part == null) {
            return Map.of();
        }
        Map<String, Part> entries = signal.free()
                ? part.entries("selectors by label")
                : part.entries("selectors by key", signal.selectors());
        Map<String, ValuePattern> where = new LinkedHashMap<>();
        for (Map.Entry<String, Part> entry : entries.entrySet()) {
            where.put(entry.getKey(), selector(entry.getKey(), entry.getValue(), signal));
        }
        return where;
    }

    private ValuePattern selector(String key, Part part, Signal signal) {
        List<String> texts = part.texts("a text, a glob or a list of them");
        long not = texts.stream().filter(text -> text.startsWith("!")).count();
        if (not > 0 && not < texts.size()) {
            throw part.wrong("a list in which all texts begin with ! or none does");
        }
        if (texts.size() > 1 && (texts.contains("any") || texts.contains("none"))) {
            throw part.wrong("any or none alone, not in a list");
        }
        for (String text : texts) {
            String bare = text.startsWith("!") ? text.substring(1) : text;
            if (bare.isEmpty()) {
                throw part.wrong("a text, a glob, any or none");
            }
            boolean presence = bare.equals("any") || bare.equals("none");
            if (key.equals("class") && !presence && bare.indexOf('*') < 0 && !classes.contains(bare)) {
                throw part.wrong("a class of this file or a built-in one: " + String.join(", ", classes) + "."
                        + Suggestion.of(bare, classes));
            }
            boolean outcome = key.equals("cache") && (signal == Signal.HTTP || signal == Signal.REQUEST);
            if (outcome && !presence && !Set.of("hit", "miss").contains(bare)) {
                throw part.wrong("hit, miss, any or none" + "." + Suggestion.of(bare, Set.of("hit", "miss")));
            }
            if (key.equals("status") && !presence && !bare.matches("[1-5]xx|[1-5][0-9]{2}")) {
                throw part.wrong("a status such as 404 or 5xx");
            }
            if (key.equals("method")
                    && !presence
                    && bare.indexOf('*') < 0
                    && !METHODS.contains(bare.toUpperCase(Locale.ROOT))) {
                throw part.wrong("one of " + String.join(", ", METHODS) + "." + Suggestion.of(bare, METHODS));
            }
            if (Set.of("verb", "op", "command").contains(key) && !presence && !bare.matches("[A-Za-z0-9_.* -]+")) {
                throw part.wrong("a word such as SELECT or GET");
            }
            boolean number = Set.of("rows", "limit", "offset", "response.size").contains(key);
            if (number && !presence && !bare.matches("(<|<=|>|>=|=|!=) [0-9]+")) {
                throw part.wrong("a quoted comparison such as \"> 1000\", any or none");
            }
        }
        return ValuePattern.of(key, texts);
    }

    private static List<Per> per(@Nullable Part part) {
        if (part == null) {
            return List.of(Per.SERVICE);
        }
        Set<Per> per = new LinkedHashSet<>();
        for (Part item : part.items("a list such as [service, route]")) {
            Per found = Per.of(item.word(Per.keys()));
            if (found == null || !per.add(found)) {
                throw item.wrong("each of " + String.join(", ", Per.keys()) + " at most once");
            }
        }
        return List.copyOf(per);
    }
}
