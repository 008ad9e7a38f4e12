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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A fault that a guide's naive way has on purpose. Its source says so with {@code // planted: KIND [METHOD /naive/route]}, in a line
 * before the one where it is.
 *
 * @param route empty where it belongs to several
 * @param places each of which may be the finding's, as {@code File.java:123}
 */
record PlantedFault(String service, String kind, String route, Set<String> places) {
    private static final Path SOURCES = Jars.ROOT.resolve("demo-app/src/main/java/dev/headroom/demo");
    private static final Pattern MARK = Pattern.compile("\\s*// planted: (\\S+)(?: (\\S+ \\S+))?");

    private record Mark(String service, String kind, String route, String place) {}

    /** All of them. */
    static List<PlantedFault> all() throws IOException {
        List<Mark> marks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                read(file, marks);
            }
        }
        Map<Mark, Set<String>> places = marks.stream()
                .collect(groupingBy(
                        mark -> new Mark(mark.service, mark.kind, mark.route, ""), mapping(Mark::place, toSet())));
        return places.entrySet().stream()
                .map(each -> new PlantedFault(
                        each.getKey().service, each.getKey().kind, each.getKey().route, each.getValue()))
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
                String route = mark.group(2) == null ? "" : mark.group(2);
                marks.add(new Mark(service, mark.group(1), route, file.getFileName() + ":" + (marked + 1)));
            }
        }
    }

    /** Whether the finding is this one, and names its place. */
    boolean isFoundBy(JsonNode finding) {
        String caller = finding.path("caller").asString("");
        return finding.path("kind").asString("").equals(kind)
                && !finding.path("status").asString("").equals("gone")
                && (route.isEmpty() || finding.path("route").asString("").equals(route))
                && places.stream().anyMatch(place -> caller.endsWith("(" + place + ")"));
    }
}
