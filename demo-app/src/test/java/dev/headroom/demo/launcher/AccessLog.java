package dev.headroom.demo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tomcat's own access log of the shop: the exact duration of each request, as the server itself took it. */
final class AccessLog {
    private final Path folder;

    AccessLog(Path folder) {
        this.folder = folder;
    }

    /** What makes the shop write it: method, path, status and microseconds, a line as soon as the request is over. */
    String[] arguments() {
        return new String[] {
            "--server.tomcat.accesslog.enabled=true",
            "--server.tomcat.accesslog.buffered=false",
            "--server.tomcat.accesslog.directory=" + folder,
            "--server.tomcat.accesslog.pattern=%m %U %s %D"
        };
    }

    /** Durations in microseconds of the requests with this method and path, sorted. */
    long[] micros(String method, String path) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines.stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[0].equals(method) && fields[1].equals(path))
                .mapToLong(fields -> Long.parseLong(fields[3]))
                .sorted()
                .toArray();
    }
}
