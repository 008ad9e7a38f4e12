package dev.headroom.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM's log of collections says of its heap. Immutable. */
final class GcLog {
    private static final Pattern PAUSE =
            Pattern.compile("^\\[([^]]*)].*Pause.*? (\\d+)M->(\\d+)M\\((\\d+)M\\) ([0-9.]+)ms");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    private record Pause(Instant end, long beforeMegabytes, long afterMegabytes, double millis) {}

    private final List<Pause> pauses = new ArrayList<>();

    /** What a JVM is told, so that its log can be read here. */
    static String option(Path file) {
        return "-Xlog:gc:file=" + file + ":time";
    }

    GcLog(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            Matcher pause = PAUSE.matcher(line);
            if (pause.find()) {
                pauses.add(new Pause(
                        OffsetDateTime.parse(pause.group(1), TIME).toInstant(),
                        Long.parseLong(pause.group(2)),
                        Long.parseLong(pause.group(3)),
                        Double.parseDouble(pause.group(5))));
            }
        }
    }

    /** How long the JVM stood still in that time. */
    double millis(Instant from, Instant to) {
        double all = 0;
        for (Pause pause : pauses) {
            double sinceBegin = (pause.end.toEpochMilli() - from.toEpochMilli());
            double beforeEnd = to.toEpochMilli() - pause.end.toEpochMilli() + pause.millis;
            all += Math.max(0, Math.min(pause.millis, Math.min(sinceBegin, beforeEnd)));
        }
        return all;
    }

    String described() {
        return "at most %d MB before and %d MB after a collection; %d pauses, longest %.0f ms, together %.1f s"
                .formatted(
                        pauses.stream().mapToLong(Pause::beforeMegabytes).max().orElse(0),
                        pauses.stream().mapToLong(Pause::afterMegabytes).max().orElse(0),
                        pauses.size(),
                        pauses.stream().mapToDouble(Pause::millis).max().orElse(0),
                        pauses.stream().mapToDouble(Pause::millis).sum() / 1000);
    }
}
