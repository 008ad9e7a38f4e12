package dev.headroom.cost;

import dev.headroom.cost.library.LibraryApplication;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The library application, from its start to its first answer, and under load when asked. */
final class ApplicationRun {
    private static final long START_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int POLL_MILLIS = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String FIRST = "/books/1";

    private final CostOptions options;
    private final Programs programs;

    ApplicationRun(CostOptions options, Programs programs) {
        this.options = options;
        this.programs = programs;
    }

    void measure(Agent agent, Map<Figure, Double> figures) throws IOException, InterruptedException {
        int port = freePort();
        long begun = System.nanoTime();
        Process process = programs.start(
                agent,
                programs.allClasses(),
                LibraryApplication.class.getName(),
                List.of("--server.port=" + port, "--server.address=127.0.0.1"));
        try {
            awaitFirstAnswer(agent, process, port, begun + START_LIMIT_NANOS);
            figures.put(Figure.START_WALL, (System.nanoTime() - begun) / NANOS_PER_MILLI);
            figures.put(Figure.START_CPU, (double) ProcessFigures.cpuMillis(process.pid()));
            if (options.what().contains(CostOptions.Part.LOAD)) {
                new LoadRun(options, process.pid(), port).measure(figures);
            }
        } finally {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void awaitFirstAnswer(Agent agent, Process process, int port, long deadline)
            throws IOException, InterruptedException {
        while (true) {
            try (HttpLine line = new HttpLine(port)) {
                if (line.get(FIRST) == 200) {
                    return;
                }
            } catch (ConnectException notYet) {
                // asked again below
            }
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new CostFailure("the application with " + agent.name()
                        + (process.isAlive() ? " gave no answer within two minutes: " : " ended: ")
                        + programs.output());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
