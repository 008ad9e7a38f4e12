package dev.headroom.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code libraries.txt}; that file explains its own form. A mistake is told with its line. */
final class Catalogue {
    static final String FILE = "libraries.txt";

    private static final Pattern ARTIFACT = Pattern.compile("[^\\s:]+:[^\\s:]+(:[^\\s:]+)?");
    private static final Pattern FURTHER = Pattern.compile("[^\\s:]+:[^\\s:]+(:[^\\s:]+)?(:[^\\s:]+)?:[^\\s:]+");
    private static final String KEYS =
            "artifact, must, should, hooks, measures, run, check, outside, with, without, back-end, set, jvm, jdks,"
                    + " alone, absent";

    private final String file;
    private final List<Library> libraries = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();
    private int lineNumber;
    private Building library;

    private Catalogue(String file) {
        this.file = file;
    }

    /** In the order of the file. */
    static List<Library> libraries() {
        try (InputStream in = Catalogue.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing beside the classes of the tests");
            }
            return parse(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @throws IllegalArgumentException with file and line */
    static List<Library> parse(String file, String text) {
        Catalogue catalogue = new Catalogue(file);
        for (String line : text.split("\n", -1)) {
            catalogue.lineNumber++;
            String content = line.strip();
            if (!content.isEmpty() && content.charAt(0) != '#') {
                String[] words = content.split("\\s+", 2);
                catalogue.line(words[0], words.length == 2 ? words[1] : "");
            }
        }
        catalogue.finish();
        return List.copyOf(catalogue.libraries);
    }

    private void line(String key, String value) {
        if (key.equals("library")) {
            finish();
            if (value.isEmpty() || !names.add(value)) {
                throw wrong("library " + value, "a name that no other library has");
            }
            library = new Building(value);
            return;
        }
        if (library == null) {
            throw wrong(key, "\"library NAME\" first");
        }
        switch (key) {
            case "artifact" ->
                library.artifact = matching(ARTIFACT, value, "group:artifact, or group:artifact:classifier");
            case "must" -> library.priority = Library.Priority.MUST;
            case "should" -> library.priority = Library.Priority.SHOULD;
            case "hooks" -> library.hooks = words(value);
            case "measures" -> library.measures = filled(value, "what is measured");
            case "check" -> {
                String[] parts = value.split("\\s*:\\s*", 2);
                if (parts.length < 2) {
                    throw wrong(key + " " + value, "check WHY NOT RUN: versions");
                }
                library.checkedBecause = parts[0];
                library.checked = words(parts[1]);
            }
            case "outside" -> library.outside = words(value);
            case "absent" -> library.absent = filled(value, "the reason");
            case "run" -> library.runs.add(run(value));
            case "with" -> settings().with.add(matching(FURTHER, value, "group:artifact:version"));
            case "without" -> settings().with.add("-" + matching(ARTIFACT, value, "group:artifact"));
            case "back-end" -> settings().backEnd = filled(value, "one of " + BackEnds.names());
            case "set" -> {
                String[] parts = value.split("=", 2);
                if (parts.length < 2) {
                    throw wrong(key + " " + value, "set name=value");
                }
                settings().properties.put(parts[0], parts[1]);
            }
            case "jvm" -> settings().options.addAll(words(value));
            case "jdks" ->
                settings().jdks = words(value).stream().map(this::number).toList();
            case "alone" -> settings().alone = true;
            default -> throw wrong(key, "one of " + KEYS);
        }
    }

    private Settings settings() {
        return library.runs.isEmpty() ? library.settings : library.runs.get(library.runs.size() - 1);
    }

    private RunSettings run(String value) {
        String[] parts = value.split("\\s*:\\s*", 2);
        if (parts.length < 2 || parts[1].isEmpty()) {
            throw wrong("run " + value, "run SCENARIO: versions, oldest first");
        }
        return new RunSettings(parts[0], words(parts[1]), library.settings);
    }

    private void finish() {
        if (library != null) {
            libraries.add(library.build());
        }
    }

    private String matching(Pattern pattern, String value, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw wrong(value, expected);
        }
        return value;
    }

    private String filled(String value, String expected) {
        return matching(Pattern.compile(".+"), value, expected);
    }

    private int number(String word) {
        return Integer.parseInt(matching(Pattern.compile("\\d{1,3}"), word, "JDK versions such as 17 25"));
    }

    private static List<String> words(String value) {
        return value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
    }

    private IllegalArgumentException wrong(String found, String expected) {
        return new IllegalArgumentException(
                file + " line " + lineNumber + ": found \"" + found.strip() + "\", expected " + expected);
    }

    /** What may stand before the first run, for all, or behind a run, for that one. */
    private static class Settings {
        final List<String> with = new ArrayList<>();
        final Map<String, String> properties = new LinkedHashMap<>();
        final List<String> options = new ArrayList<>();
        String backEnd;
        List<Integer> jdks = List.of();
        boolean alone;
    }

    private static final class RunSettings extends Settings {
        final String scenario;
        final List<String> versions;

        RunSettings(String scenario, List<String> versions, Settings common) {
            this.scenario = scenario;
            this.versions = versions;
            with.addAll(common.with);
            properties.putAll(common.properties);
            options.addAll(common.options);
            backEnd = common.backEnd;
            jdks = common.jdks;
            alone = common.alone;
        }

        Library.Run build() {
            return new Library.Run(scenario, versions, jdks, with, backEnd, properties, options, alone);
        }
    }

    private final class Building {
        final String name;
        final int line = lineNumber;
        final Settings settings = new Settings();
        final List<RunSettings> runs = new ArrayList<>();
        String artifact;
        Library.Priority priority;
        List<String> hooks = List.of();
        String measures = "";
        List<String> checked = List.of();
        String checkedBecause = "";
        List<String> outside = List.of();
        String absent;

        Building(String name) {
            this.name = name;
        }

        Library build() {
            lineNumber = line;
            if (priority == null) {
                throw wrong("library " + name + " without priority", "a line \"must\" or \"should\"");
            }
            if (absent == null && runs.isEmpty() && checked.isEmpty()) {
                throw wrong("library " + name + " without proof", "a line \"run\", \"check\", or \"absent REASON\"");
            }
            if (absent == null && measures.isEmpty()) {
                throw wrong("library " + name, "a line \"measures\" that says what is measured");
            }
            Library built = new Library(
                    name,
                    artifact,
                    priority,
                    hooks,
                    measures,
                    runs.stream().map(RunSettings::build).toList(),
                    checked,
                    checkedBecause,
                    outside,
                    List.copyOf(settings.with),
                    absent);
            List<String> twice = new ArrayList<>(built.versions());
            for (String each : Set.copyOf(built.versions())) {
                twice.remove(each);
            }
            if (!twice.isEmpty()) {
                throw wrong("versions " + twice + " twice", "every version of " + name + " once");
            }
            return built;
        }
    }
}
