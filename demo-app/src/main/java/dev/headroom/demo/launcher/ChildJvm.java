package dev.headroom.demo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java process that answers over HTTP once it is up. Its output goes to {@code <home>/<name>.log}.
 * Ends gracefully within ten seconds, or else hard. Thread-safe.
 */
final class ChildJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SHOWN_LOG_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;

    private ChildJvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts {@code java <jvm> -jar <jar> <arguments>} and returns at once. */
    static ChildJvm start(
            String name,
            Path home,
            Map<String, String> environment,
            List<String> jvm,
            Path jar,
            List<String> arguments) {
        if (!Files.isRegularFile(jar)) {
            throw new DemoFailure("%s is not there. Build it first: mvn -Dquick package".formatted(jar));
        }
        List<String> program = new ArrayList<>(List.of("-jar", jar.toString()));
        program.addAll(arguments);
        return startProgram(name, home, environment, jvm, program);
    }

    /** Starts {@code java <jvm> <program>} and returns at once; the program is a jar or a class with its arguments. */
    static ChildJvm startProgram(
            String name, Path home, Map<String, String> environment, List<String> jvm, List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(javaCommand());
        command.addAll(jvm);
        command.addAll(program);
        try {
            Path log = Files.createDirectories(home).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ChildJvm(name, log, builder.start());
        } catch (IOException refused) {
            throw new UncheckedIOException("The process " + name + " could not be started: " + command, refused);
        }
    }

    /** The launcher's own Java. */
    static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** Polls until the address answers with 2xx; fails early, with the end of the log, when the process has ended. */
    void awaitAnswer(URI address, Duration patience) throws InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                throw ended();
            }
            try {
                int status = http.send(request, BodyHandlers.discarding()).statusCode();
                if (status >= 200 && status < 300) {
                    return;
                }
            } catch (IOException notYet) {
                // the loop asks again until the deadline
            }
        }
        throw new DemoFailure("The process %s did not answer at %s within %d s. The end of %s:%n%s"
                .formatted(name, address, patience.toSeconds(), log, endOfLog()));
    }

    /** What to say when the process ended by itself. */
    DemoFailure ended() {
        return new DemoFailure("The process %s ended by itself with code %d. The end of %s:%n%s"
                .formatted(name, process.exitValue(), log, endOfLog()));
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(" + unreadable + ")";
        }
    }
}
