package dev.headroom.dashboard.budget.file;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands beside the budgets: classes, capture, waivers, notify. */
final class ShapeReader {
    private static final List<String> DATABASE_KEYS = List.of("verb", "rows", "batch");
    private static final List<String> OUTCOME_KEYS = List.of("cache", "queries");
    private static final List<String> OUTCOMES = List.of("hit", "miss", "any", "none");
    static final List<String> CAPTURE_KINDS = List.of(
            "slow_query",
            "very_slow_query",
            "slow_request",
            "very_slow_request",
            "slow_cache",
            "error",
            "explain",
            "headers");
    static final List<String> CAPTURE_FIELDS = List.of("over", "log", "keep", "with", "mode", "at_most", "opt_in");
    static final List<String> CAPTURED = List.of(
            "sql",
            "params-masked",
            "caller",
            "trace",
            "rows",
            "plan",
            "route",
            "status",
            "queries",
            "cache",
            "type",
            "message-masked",
            "context");

    private ShapeReader() {}

    static void classes(@Nullable Part part, Map<String, RequestClass> classes) {
        if (part == null) {
            return;
        }
        for (Map.Entry<String, Part> entry : part.entries("classes by name").entrySet()) {
            String name = entry.getKey();
            Part body = entry.getValue();
            if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
                throw body.wrong("a class name of lower-case letters, digits and hyphens before it");
            }
            Map<String, Part> fields =
                    body.entries("http, db, when or exclude", List.of("http", "db", "when", "exclude"));
            Part http = fields.get("http");
            boolean exclude = fields.get("exclude") != null && BudgetReader.enabled(fields.get("exclude"));
            classes.put(
                    name,
                    new RequestClass(
                            name,
                            http == null
                                    ? null
                                    : ValuePattern.of("route", http.texts("route globs such as \"GET /**\"")),
                            patterns(fields.get("db"), DATABASE_KEYS),
                            patterns(fields.get("when"), OUTCOME_KEYS),
                            exclude));
        }
    }

    private static Map<String, ValuePattern> patterns(@Nullable Part part, List<String> known) {
        Map<String, ValuePattern> patterns = new LinkedHashMap<>();
        if (part != null) {
            part.entries(String.join(", ", known), known)
                    .forEach((key, value) -> patterns.put(key, pattern(key, value)));
        }
        return patterns;
    }

    private static ValuePattern pattern(String key, Part part) {
        List<String> texts = part.texts("a text or a comparison");
        for (String text : texts) {
            switch (key) {
                case "verb" -> {
                    if (!text.matches("!?[A-Za-z*]+")) {
                        throw part.wrong("a verb such as SELECT");
                    }
                }
                case "cache" -> {
                    if (!OUTCOMES.contains(text)) {
                        throw part.wrong("one of " + String.join(", ", OUTCOMES) + "." + Suggestion.of(text, OUTCOMES));
                    }
                }
                default -> {
                    if (!text.matches("any|none|((<|<=|>|>=|=|!=) )?[0-9]{1,18}")) {
                        throw part.wrong("a number or a quoted comparison such as \"> 1\"");
                    }
                }
            }
        }
        return ValuePattern.of(key, texts);
    }

    /** The classes that hold without a word in the file. */
    static Map<String, RequestClass> builtInClasses() {
        Map<String, RequestClass> classes = new LinkedHashMap<>();
        String builtIn = """
                health:        { http: ["GET /health**", "GET /actuator/**", "GET /metrics"], exclude: true }
                cached-read:   { when: { cache: hit, queries: 0 } }
                single-read:   { http: "GET /**/{*}",  db: { verb: SELECT, rows: "<= 1" } }
                list:          { http: "GET /**",      db: { verb: SELECT, rows: "> 1" } }
                bulk-create:   { http: "POST /**/bulk", db: { verb: INSERT, batch: "> 1" } }
                single-create: { http: "POST /**",     db: { verb: INSERT } }
                single-update: { http: ["PUT /**", "PATCH /**"], db: { verb: UPDATE } }
                single-delete: { http: "DELETE /**",   db: { verb: DELETE } }
                """;
        classes(Part.of("built-in classes", builtIn), classes);
        return classes;
    }

    static void capture(@Nullable Part part, Map<String, Map<String, List<String>>> capture) {
        if (part == null) {
            return;
        }
        part.entries("kinds of capture", CAPTURE_KINDS).forEach((kind, body) -> {
            Map<String, List<String>> fields = new LinkedHashMap<>();
            Map<String, Part> entries =
                    kind.equals("headers") ? body.entries("header names") : body.entries("fields", CAPTURE_FIELDS);
            entries.forEach((field, value) -> fields.put(field, captureField(kind, field, value)));
            capture.put(kind, fields);
        });
    }

    private static List<String> captureField(String kind, String field, Part value) {
        if (kind.equals("headers")) {
            return List.of(value.text("a text"));
        }
        switch (field) {
            case "over" -> KnobsReader.duration(value);
            case "log" -> value.word(List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "none"));
            case "keep" -> keep(value);
            case "mode" -> value.word(List.of("plan-only"));
            case "opt_in" -> BudgetReader.enabled(value);
            case "with" ->
                value.items("a list of " + String.join(", ", CAPTURED)).forEach(item -> item.word(CAPTURED));
            default -> value.text("a text");
        }
        return value.texts("a text or a list");
    }

    private static void keep(Part value) {
        if (!value.text("a rate").matches("all|[0-9]+/(s|min|h)")) {
            throw value.wrong("all, or a rate such as 50/min");
        }
    }

    static List<Waiver> waivers(@Nullable Part part, Set<String> ids, List<String> warnings) {
        List<Waiver> waivers = new ArrayList<>();
        if (part == null) {
            return waivers;
        }
        for (Part item : part.items("a list of waivers")) {
            Map<String, Part> fields =
                    item.entries("budget, until and reason", List.of("budget", "subject", "until", "reason", "owner"));
            Part budget = required(item, fields, "budget");
            String reason = required(item, fields, "reason").text("a reason");
            if (reason.length() < 3) {
                throw required(item, fields, "reason").wrong("a reason of at least three letters");
            }
            Part subject = fields.get("subject");
            Part owner = fields.get("owner");
            Part until = required(item, fields, "until");
            if (until.isPlain()) {
                warnings.add(
                        until.place() + ": quote the date: other readers of YAML take an unquoted one for a moment");
            }
            waivers.add(new Waiver(
                    budget.word(ids),
                    subject == null ? null : subject.text("a subject"),
                    date(until),
                    reason,
                    owner == null ? null : owner.text("an owner")));
        }
        return waivers;
    }

    private static LocalDate date(Part part) {
        String expected = "a real date such as \"2027-01-31\"";
        try {
            return LocalDate.parse(part.text(expected));
        } catch (DateTimeParseException e) {
            throw part.wrong(expected);
        }
    }

    private static Part required(Part item, Map<String, Part> fields, String key) {
        Part part = fields.get(key);
        if (part == null) {
            throw item.wrong("the key " + key);
        }
        return part;
    }
}
