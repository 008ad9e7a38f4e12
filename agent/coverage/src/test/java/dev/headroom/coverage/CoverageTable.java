package dev.headroom.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The text of agent/COVERAGE.md: what the catalogue lists, and on which JDKs it passed. */
final class CoverageTable {
    static final String NAMES = "| Library | Versions run | JDKs | Measured | Hooks found in, not run |\n";

    private static final int JDKS = 3;

    private CoverageTable() {}

    /** The JDKs that a written table names, by library: for a run of a part, which keeps what it did not run. */
    static Map<String, Set<Integer>> jdks(String table) {
        Map<String, Set<Integer>> jdks = new TreeMap<>();
        for (String line : table.split("\n")) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == NAMES.split("\\|", -1).length && cells[JDKS].matches("[0-9, ]*[0-9][0-9, ]*")) {
                jdks.put(
                        cells[1].replaceFirst(" \\(`.*", "").strip(),
                        Arrays.stream(cells[JDKS].split(","))
                                .map(jdk -> Integer.valueOf(jdk.strip()))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return jdks;
    }

    /** @param passed the JDK versions on which every run version of a library passed, by the library's name */
    static String of(List<Library> libraries, Map<String, Set<Integer>> passed) {
        StringBuilder text = new StringBuilder("""
                # What the agent covers

                Written by `mvn verify -Pmatrix` from what passed, see [coverage/README.md](coverage/README.md). Every version was run in a JVM of its own
                with the agent and one without: exact counts, no failure in the agent, the same output, and the same work on database, Redis and web
                server. "Not run" means that the hooks were found and could be woven in that version's class files.
                """);
        for (Library.Priority priority : Library.Priority.values()) {
            text.append("\n## ")
                    .append(priority == Library.Priority.MUST ? "Must" : "Should")
                    .append("\n\n");
            text.append(NAMES).append("|---|---|---|---|---|\n");
            for (Library library : libraries) {
                if (library.priority() == priority && library.absent() == null) {
                    text.append(row(library, passed.getOrDefault(library.name(), Set.of())));
                }
            }
        }
        text.append("\n## Not covered\n\n| Library | Why |\n|---|---|\n");
        for (Library library : libraries) {
            if (library.absent() != null) {
                text.append("| ")
                        .append(name(library))
                        .append(" | ")
                        .append(library.absent())
                        .append(" |\n");
            }
        }
        return text.toString();
    }

    private static String row(Library library, Set<Integer> jdks) {
        String ran = library.artifact() == null ? "with the JDK" : String.join(", ", library.runVersions());
        String checked = library.checked().isEmpty()
                ? ""
                : (library.artifact() == null ? "" : String.join(", ", library.checked()) + ": ")
                        + library.checkedBecause();
        List<String> cells = new ArrayList<>();
        cells.add(name(library));
        cells.add(library.runs().isEmpty() ? "" : ran);
        cells.add(jdks.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        cells.add(library.measures());
        cells.add(checked);
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String name(Library library) {
        return library.artifact() == null ? library.name() : library.name() + " (`" + library.artifact() + "`)";
    }
}
