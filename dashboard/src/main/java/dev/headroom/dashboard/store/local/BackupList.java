package dev.headroom.dashboard.store.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The text file in a backup that says which files belong to it and what their check sums are. Stateless. */
final class BackupList {
    static final String NAME = "backup.txt";
    private static final String FIRST_LINE = "headroom backup 1";

    private BackupList() {}

    static void write(Path backup) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(backup)) {
            files = all.sorted().toList();
        }
        List<String> lines = new ArrayList<>(List.of(FIRST_LINE));
        for (Path file : files) {
            lines.add(checkSum(file) + " " + file.getFileName());
        }
        Files.write(backup.resolve(NAME), lines, StandardCharsets.UTF_8);
    }

    /** Check sums by file name. */
    static Map<String, String> read(Path backup) throws IOException {
        List<String> lines = Files.readAllLines(backup.resolve(NAME), StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.get(0).equals(FIRST_LINE)) {
            throw new StoreCopyException(backup.resolve(NAME) + " begins with \""
                    + (lines.isEmpty() ? "" : lines.get(0)) + "\" where \"" + FIRST_LINE
                    + "\" was expected: another version wrote it, or it is no backup.");
        }
        Map<String, String> sums = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int space = line.indexOf(' ');
            String name = line.substring(space + 1);
            if (space < 0 || !name.equals(String.valueOf(Path.of(name).getFileName()))) {
                throw new StoreCopyException(
                        backup.resolve(NAME) + " has a line that is no check sum and name: " + line);
            }
            sums.put(name, line.substring(0, space));
        }
        return sums;
    }

    static String checkSum(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
