package dev.headroom.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM's log of collections says of its heap. */
final class GcLog {
    private static final Pattern PAUSE = Pattern.compile("Pause.*? (\\d+)M->(\\d+)M\\((\\d+)M\\) ([0-9.]+)ms");

    private GcLog() {}

    static String described(Path file) throws IOException {
        long before = 0;
        long after = 0;
        long pauses = 0;
        double longest = 0;
        double all = 0;
        for (String line : Files.readAllLines(file)) {
            Matcher pause = PAUSE.matcher(line);
            if (pause.find()) {
                before = Math.max(before, Long.parseLong(pause.group(1)));
                after = Math.max(after, Long.parseLong(pause.group(2)));
                longest = Math.max(longest, Double.parseDouble(pause.group(4)));
                all += Double.parseDouble(pause.group(4));
                pauses++;
            }
        }
        return "at most %d MB before and %d MB after a collection; %d pauses, longest %.0f ms, together %.1f s"
                .formatted(before, after, pauses, longest, all / 1000);
    }
}
