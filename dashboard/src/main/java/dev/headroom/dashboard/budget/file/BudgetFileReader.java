package dev.headroom.dashboard.budget.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a budget file and the packs it extends. Every mistake is a {@link BudgetFileException} with file, line and column;
 * nothing is skipped in silence.
 */
public final class BudgetFileReader {
    /** What is judged when nobody names a file. */
    public static final String RECOMMENDED = "headroom:recommended";

    /** Larger ones are no budget files. */
    private static final long MOST_BYTES = 4_000_000;

    static final List<String> PACKS =
            List.of(RECOMMENDED, "headroom:crud", "headroom:cache", "headroom:jvm", "headroom:none");
    static final List<String> TOP =
            List.of("version", "extends", "defaults", "capture", "classes", "budgets", "tests", "waivers", "notify");

    private final LocalDate today;

    /** @param today waivers that ran out before become warnings */
    public BudgetFileReader(LocalDate today) {
        this.today = today;
    }

    /** @param place the name of an embedded pack, or a path */
    public BudgetFile read(String place) {
        return parse(place, text(place));
    }

    /** The text of an embedded pack or a file, not parsed. */
    public static String text(String place) {
        if (place.startsWith("headroom:")) {
            if (!PACKS.contains(place)) {
                throw new BudgetFileException(
                        "headroom.budgets.file: found \"" + place + "\"; expected a path or one of "
                                + String.join(", ", PACKS) + "." + Suggestion.of(place, PACKS));
            }
            return pack(place);
        }
        Path path = Path.of(place);
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new BudgetFileException("headroom.budgets.file: \"" + path.toAbsolutePath() + "\" has more than "
                        + MOST_BYTES + " bytes; expected a budgets.yaml");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new BudgetFileException("headroom.budgets.file: cannot read \"" + path.toAbsolutePath() + "\" ("
                    + e.getClass().getSimpleName() + "); expected a readable budgets.yaml");
        }
    }

    /** @param name stands before line and column in messages */
    public BudgetFile parse(String name, String yaml) {
        Draft draft = new Draft(null);
        read(Part.of(name, yaml), draft);
        return draft.finish(name, today);
    }

    /** Goes on after a mistake, so that all of them are told at once. */
    private static void attempt(Draft draft, Runnable reading) {
        try {
            reading.run();
        } catch (BudgetFileException wrong) {
            draft.problems.addAll(wrong.problems());
        }
    }

    private void read(Part root, Draft draft) {
        Map<String, Part> top = root.entries("version, budgets and so on at the top level", TOP);
        Part version = top.get("version");
        if (version == null) {
            throw root.wrong("the key version: 1");
        }
        if (!version.text("1").equals("1")) {
            throw version.wrong("1; this dashboard knows no other version of the language");
        }
        attempt(draft, () -> {
            Part defaults = top.get("defaults");
            if (defaults != null) {
                draft.defaults = KnobsReader.read(knobs(defaults), draft.defaults);
            }
        });
        Map<String, Part> tests = new LinkedHashMap<>();
        attempt(draft, () -> {
            Part part = top.get("tests");
            if (part != null) {
                tests.putAll(part.entries("defaults, budgets and load", List.of("defaults", "budgets", "load")));
            }
            Part defaults = tests.get("defaults");
            if (defaults != null) {
                draft.testDefaults = KnobsReader.read(knobs(defaults), draft.testDefaults);
            }
        });
        attempt(draft, () -> ShapeReader.classes(top.get("classes"), draft.classes));
        attempt(draft, () -> extend(top.get("extends"), draft));
        draft.addBuiltInClasses();
        BudgetReader plain = new BudgetReader(draft.classNames(), false);
        budgets(top.get("budgets"), plain, draft.defaults, draft, draft.live);
        BudgetReader scoped = new BudgetReader(draft.classNames(), true);
        budgets(tests.get("budgets"), scoped, draft.testDefaults, draft, draft.tests);
        budgets(tests.get("load"), plain, draft.testDefaults, draft, draft.load);
        attempt(draft, () -> ShapeReader.capture(top.get("capture"), draft.capture));
        attempt(draft, () -> AlertTargetReader.read(top.get("notify"), draft.notify));
        if (draft.problems.isEmpty()) {
            attempt(
                    draft,
                    () -> draft.waivers.addAll(ShapeReader.waivers(top.get("waivers"), draft.ids(), draft.warnings)));
        }
    }

    private static Map<String, Part> knobs(Part part) {
        return part.entries("knobs", KnobsReader.KEYS);
    }

    private void extend(@Nullable Part part, Draft draft) {
        if (part == null) {
            return;
        }
        for (Part item : part.items("a list such as [headroom:recommended]")) {
            String pack = item.word(PACKS);
            Draft extended = new Draft(draft);
            read(Part.of(pack, pack(pack)), extended);
            draft.inherit(extended);
        }
    }

    private static void budgets(
            @Nullable Part part, BudgetReader reader, Knobs defaults, Draft draft, List<Budget> budgets) {
        if (part == null) {
            return;
        }
        attempt(draft, () -> {
            Set<String> ids = new LinkedHashSet<>();
            for (Part item : part.items("a list of budgets")) {
                attempt(draft, () -> {
                    Budget budget = reader.read(item, defaults);
                    if (!ids.add(budget.id())) {
                        throw item.wrong("an id of its own; \"" + budget.id() + "\" stands twice");
                    }
                    budgets.add(budget);
                });
            }
        });
    }

    private static String pack(String name) {
        String resource = "/budgets/" + name.substring("headroom:".length()) + ".yaml";
        try (InputStream in = BudgetFileReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new BudgetFileException("The pack " + name + " is missing from the dashboard's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BudgetFileException("The pack " + name + " cannot be read: " + e.getMessage());
        }
    }

    /** What was gathered so far of a file and its packs. */
    private static final class Draft {
        Knobs defaults;
        Knobs testDefaults;
        final Map<String, RequestClass> classes = new LinkedHashMap<>();
        final List<Budget> live = new ArrayList<>();
        final List<Budget> tests = new ArrayList<>();
        final List<Budget> load = new ArrayList<>();
        final Map<String, Map<String, List<String>>> capture = new LinkedHashMap<>();
        final Map<Knobs.Severity, List<AlertTarget>> notify = new LinkedHashMap<>();
        final List<Waiver> waivers = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final List<BudgetFileException.Problem> problems = new ArrayList<>();

        /** A pack's budgets inherit the defaults of the file that extends it. */
        Draft(@Nullable Draft extending) {
            this.defaults = extending == null ? Knobs.LIVE : extending.defaults;
            this.testDefaults = extending == null ? Knobs.TEST : extending.testDefaults;
        }

        Set<String> classNames() {
            return classes.keySet();
        }

        void addBuiltInClasses() {
            ShapeReader.builtInClasses().forEach(classes::putIfAbsent);
        }

        /** The nearer file wins, by id or key. */
        void inherit(Draft pack) {
            pack.classes.forEach(classes::putIfAbsent);
            pack.capture.forEach(capture::putIfAbsent);
            pack.notify.forEach(notify::putIfAbsent);
            live.addAll(pack.live);
            tests.addAll(pack.tests);
            load.addAll(pack.load);
        }

        Set<String> ids() {
            Set<String> ids = new LinkedHashSet<>();
            for (List<Budget> budgets : List.of(live, tests, load)) {
                budgets.forEach(budget -> ids.add(budget.id()));
            }
            return ids;
        }

        BudgetFile finish(String name, LocalDate today) {
            if (!problems.isEmpty()) {
                problems.sort(Comparator.comparingInt(BudgetFileException.Problem::line));
                throw new BudgetFileException(problems);
            }
            for (Waiver waiver : waivers) {
                if (waiver.until().isBefore(today)) {
                    warnings.add("The waiver of " + waiver.budget() + " ran out on " + waiver.until()
                            + "; remove it or set a later date");
                }
            }
            return new BudgetFile(
                    name,
                    last(live),
                    List.copyOf(classes.values()),
                    capture,
                    last(tests),
                    last(load),
                    List.copyOf(waivers),
                    notify,
                    List.copyOf(warnings));
        }

        /** Of budgets with the same id the last stands: packs come first. */
        private static List<Budget> last(List<Budget> budgets) {
            Map<String, Budget> byId = new LinkedHashMap<>();
            budgets.forEach(budget -> byId.put(budget.id(), budget));
            return byId.values().stream().filter(Budget::enabled).toList();
        }
    }
}
