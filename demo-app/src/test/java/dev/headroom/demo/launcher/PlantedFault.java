package dev.headroom.demo.launcher;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A fault that a guide's naive way has on purpose. Its source says so with {@code // planted: KIND [METHOD /naive/route]}, in a line
 * before the one where it is; or with {@code // planted: KIND of SUBJECT}, and {@code // repaired: KIND of SUBJECT} for its twin, where
 * it belongs to no route.
 *
 * @param route empty where it belongs to several or to none
 * @param subject empty where the route tells
 * @param places each of which may be the finding's, as {@code File.java:123}
 */
record PlantedFault(String service, String kind, String route, String subject, Set<String> places) {
    private static final Path SOURCES = Jars.ROOT.resolve("demo-app/src/main/java/dev/headroom/demo");
    private static final Pattern MARK =
            Pattern.compile("\\s*// (planted|repaired): (\\S+)(?: of (\\S+)| (\\S+ \\S+))?");
    /** What a pool or a server is told to do is not done by a line of the application. */
    private static final Set<String> WITHOUT_CALLER = Set.of("pool-size", "uncompressed-response", "missing-validator");

    private record Mark(String word, String service, String kind, String route, String subject, String place) {}

    /** All of them. */
    static List<PlantedFault> all() throws IOException {
        return marked("planted");
    }

    /** Those that must not be found, for they are repaired. */
    static List<PlantedFault> repaired() throws IOException {
        return marked("repaired");
    }

    private static List<PlantedFault> marked(String word) throws IOException {
        List<Mark> marks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                read(file, marks);
            }
        }
        Map<Mark, Set<String>> places = marks.stream()
                .filter(mark -> mark.word.equals(word))
                .collect(groupingBy(
                        mark -> new Mark(word, mark.service, mark.kind, mark.route, mark.subject, ""),
                        mapping(Mark::place, toSet())));
        return places.entrySet().stream()
                .map(each -> new PlantedFault(
                        each.getKey().service,
                        each.getKey().kind,
                        each.getKey().route,
                        each.getKey().subject,
                        each.getValue()))
                .toList();
    }

    private static void read(Path file, List<Mark> marks) throws IOException {
        String service = SOURCES.relativize(file).getName(0).toString();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            Matcher mark = MARK.matcher(lines.get(i));
            if (mark.matches()) {
                int marked = i + 1;
                while (MARK.matcher(lines.get(marked)).matches()) {
                    marked++;
                }
                marks.add(new Mark(
                        mark.group(1),
                        service,
                        mark.group(2),
                        Objects.requireNonNullElse(mark.group(4), ""),
                        Objects.requireNonNullElse(mark.group(3), ""),
                        file.getFileName() + ":" + (marked + 1)));
            }
        }
    }

    /** Whether the finding is this one, and names its place where one is known. */
    boolean isFoundBy(JsonNode finding) {
        String caller = finding.path("caller").asString("");
        return finding.path("kind").asString("").equals(kind)
                && !finding.path("status").asString("").equals("gone")
                && (route.isEmpty() || finding.path("route").asString("").equals(route))
                && (subject.isEmpty() || finding.path("subject").asString("").equals(subject))
                && (WITHOUT_CALLER.contains(kind)
                        ? caller.isEmpty()
                        : places.stream().anyMatch(place -> caller.endsWith("(" + place + ")")));
    }
}
