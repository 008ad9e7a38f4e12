package dev.headroom.cost;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The application under load: warmed at full speed, then asked at a fixed rate, then at full speed, then left alone and
 * looked at. At the fixed rate each request has its intended time, so a stall counts against all requests it delays.
 */
final class LoadRun {
    /** Compilers go by calls, not by seconds, which differ on a busy machine. */
    private static final int WARM_UP_REQUESTS = 20_000;

    private static final Duration SATURATION = Duration.ofSeconds(10);
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;

    private final CostOptions options;
    private final long pid;
    private final int port;

    LoadRun(CostOptions options, long pid, int port) {
        this.options = options;
        this.pid = pid;
        this.port = port;
    }

    void measure(Map<Figure, Double> figures) throws IOException, InterruptedException {
        try (Load load = new Load(port)) {
            load.atFullSpeed(WARM_UP_REQUESTS);
            long cpu = ProcessFigures.cpuMillis(pid);
            Load.Answers paced = load.atRate(options.rate(), options.load());
            figures.put(Figure.REQUEST_CPU, (ProcessFigures.cpuMillis(pid) - cpu) * MICROS_PER_MILLI / paced.count());
            figures.put(Figure.P50, paced.quantileNanos(0.50) / NANOS_PER_MILLI);
            figures.put(Figure.P95, paced.quantileNanos(0.95) / NANOS_PER_MILLI);
            figures.put(Figure.P99, paced.quantileNanos(0.99) / NANOS_PER_MILLI);
            long begun = System.nanoTime();
            Load.Answers fast = load.atFullSpeed(SATURATION);
            figures.put(
                    Figure.SATURATION,
                    fast.count() * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begun));
        }
        figures.put(Figure.RSS, ProcessFigures.residentMegabytes(pid));
        new JvmFigures(options.java(), pid).afterFullCollection(figures);
    }
}
