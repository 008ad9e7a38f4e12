package dev.headroom.cost;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs with the agent and options of a row, all with the same environment and the same class path. */
final class Programs {
    private final CostOptions options;
    private final String endpoint;
    private final Path work;

    /** @param endpoint where agents may send to */
    Programs(CostOptions options, String endpoint) throws IOException {
        this.options = options;
        this.endpoint = endpoint;
        this.work = Files.createDirectories(options.folder().resolve("target/runs"));
    }

    /** The program's output is in {@link #log}. */
    Process start(Agent agent, String classPath, String mainClass, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(options.java().resolve("bin/java").toString());
        command.addAll(options.jvm());
        command.addAll(agent.jvmOptions(endpoint, emptyFolder().toString()));
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OTEL_")
                        || name.startsWith("HEADROOM_")
                        || name.startsWith("SPRING_")
                        || name.equals("JAVA_TOOL_OPTIONS")
                        || name.equals("JDK_JAVA_OPTIONS"));
        return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    /** What the last program wrote. */
    Path log() {
        return work.resolve("program.log");
    }

    String output() throws IOException {
        return Files.readString(log());
    }

    /** This module's classes and no library. */
    String ownClasses() {
        return options.folder().resolve("target/classes").toString();
    }

    /** This module's classes and all its libraries, as this JVM has them. */
    String allClasses() {
        return System.getProperty("java.class.path", "");
    }

    private Path emptyFolder() throws IOException {
        Path folder = work.resolve("data");
        delete(folder.toFile());
        return Files.createDirectories(folder);
    }

    private static void delete(File file) throws IOException {
        File[] children = file.listFiles();
        if (children != null) {
            for (File child : children) {
                delete(child);
            }
        }
        Files.deleteIfExists(file.toPath());
    }
}
