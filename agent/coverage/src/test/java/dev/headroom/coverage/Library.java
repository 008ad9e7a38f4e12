package dev.headroom.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A library of the catalogue.
 *
 * @param name as people call it; unique
 * @param artifact {@code group:artifact[:classifier]}, or null for what the JDK or a scenario itself brings
 * @param priority whether issue and table call it a must or a should
 * @param hooks names of the hooks that must weave something in every version
 * @param measures what is measured, in words
 * @param runs versions with the scenario that proves them, oldest first
 * @param checked versions whose hooks are looked at, but which are not run; {@code checkedBecause} says why
 * @param outside versions in which the hooks must weave nothing
 * @param absent why it is not covered, or null
 */
record Library(
        String name,
        String artifact,
        Priority priority,
        List<String> hooks,
        String measures,
        List<Run> runs,
        List<String> checked,
        String checkedBecause,
        List<String> outside,
        List<String> with,
        String absent) {
    enum Priority {
        MUST,
        SHOULD
    }

    /**
     * Versions of a library with one scenario.
     *
     * @param scenario folders of sources, joined by a plus sign
     * @param jdks versions of the JDK that it runs on; empty for all
     * @param with further artifacts, {@code group:artifact:version}, where the version may be {@code {version}}; {@code -group:artifact} stays out
     * @param backEnd name of what it talks to, or null
     * @param properties system properties of the program
     * @param options of the program's JVM
     * @param alone whether in the matrix nothing else may run meanwhile, because it is timed
     */
    record Run(
            String scenario,
            List<String> versions,
            List<Integer> jdks,
            List<String> with,
            String backEnd,
            Map<String, String> properties,
            List<String> options,
            boolean alone) {}

    /** Every version, oldest first as the catalogue lists them: run, then only checked, then outside. */
    List<String> versions() {
        List<String> versions = new ArrayList<>(runVersions());
        versions.addAll(checked);
        versions.addAll(outside);
        return versions;
    }

    List<String> runVersions() {
        return runs.stream().flatMap(run -> run.versions().stream()).toList();
    }

    /** Coordinates in one version, {@code group:artifact:version}; none for what comes with the JDK. */
    List<String> coordinates(String version, List<String> further) {
        List<String> coordinates = new ArrayList<>();
        if (artifact != null) {
            String[] parts = artifact.split(":");
            coordinates.add(parts[0] + ":" + parts[1] + (parts.length > 2 ? ":jar:" + parts[2] : "") + ":" + version);
        }
        further.forEach(each -> coordinates.add(each.replace("{version}", version)));
        return coordinates;
    }

    @Override
    public String toString() {
        return name;
    }
}
