package dev.headroom.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where and of what the figures are. */
record Machine(String processor, int cores, String java, String commit, String load, LocalDate day) {
    static Machine of(CostOptions options) throws IOException, InterruptedException {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                output(options, options.java().resolve("bin/java").toString(), "-version")
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElse("unknown Java"),
                commitOf(options),
                loadNow(),
                LocalDate.now(ZoneOffset.UTC));
    }

    String described() {
        return "%s: commit %s, %d cores of %s, %s; load of the machine before the first round %s."
                .formatted(day, commit, cores, processor, java, load);
    }

    private static String processorName() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch", "an unknown processor"));
    }

    private static String loadNow() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }

    private static String commitOf(CostOptions options) throws InterruptedException {
        try {
            String commit =
                    output(options, "git", "rev-parse", "--short", "HEAD").trim();
            String changed = output(options, "git", "status", "--porcelain", "--untracked-files=no")
                    .trim();
            return commit + (changed.isEmpty() ? "" : " with changes");
        } catch (IOException noGit) {
            return "unknown";
        }
    }

    private static String output(CostOptions options, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(options.folder().toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
