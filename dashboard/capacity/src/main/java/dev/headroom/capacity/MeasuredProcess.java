package dev.headroom.capacity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server process of this measurement: its CPU time and memory from Linux's /proc, its folder's size. Stops with {@link #close}. */
final class MeasuredProcess implements AutoCloseable {
    private static final int MILLIS_PER_TICK = 10;
    private static final long START_LIMIT_MILLIS = 120_000;

    private final String name;
    private final Process process;
    private final Path folder;
    private final Path log;

    /** @param folder where the process keeps its data */
    MeasuredProcess(String name, List<String> command, Path folder) throws IOException {
        this.name = name;
        this.folder = folder;
        this.log = folder.resolveSibling(folder.getFileName() + ".log");
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns when the path answers 200. */
    MeasuredProcess awaitReady(int port, String path) throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + START_LIMIT_MILLIS;
        while (System.currentTimeMillis() < end) {
            if (!process.isAlive()) {
                throw new CapacityFailure(name + " ended at once: " + Files.readString(log));
            }
            try (Line line = new Line(port)) {
                if (line.get(path).status() == 200) {
                    return this;
                }
            } catch (IOException notYet) {
                // asked again below
            }
            Thread.sleep(200);
        }
        throw new CapacityFailure(name + " did not answer within two minutes; its log is " + log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    long cpuMillis() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return MILLIS_PER_TICK * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }

    long residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }

    /** Bytes of all files of its folder. */
    long diskBytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(MeasuredProcess::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(30, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
