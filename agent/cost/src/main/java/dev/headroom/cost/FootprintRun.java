package dev.headroom.cost;

import dev.headroom.cost.footprint.ManyStatements;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an agent holds while many series are busy. Each statement has two with Headroom's agent, its durations and its rows. The CPU
 * time of the thread that exports is read from the JVM's thread dump, twice, after the first windows have warmed its code.
 */
final class FootprintRun {
    /** Headroom's agent has this one thread. */
    private static final Pattern EXPORT_THREAD = Pattern.compile("(?m)^\"headroom-export\".* cpu=([0-9.]+)ms");

    private static final int SERIES_PER_STATEMENT = 2;
    private static final long READY_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final double PERCENT = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private final CostOptions options;
    private final Programs programs;

    FootprintRun(CostOptions options, Programs programs) {
        this.options = options;
        this.programs = programs;
    }

    void measure(Agent agent, Map<Figure, Double> figures) throws IOException, InterruptedException {
        measure(agent, 300, figures, Figure.EXPORT_300, Map.of());
        measure(
                agent,
                2_000,
                figures,
                Figure.EXPORT_2000,
                Map.of(
                        Figure.HEAP, Figure.SERIES_HEAP,
                        Figure.METASPACE, Figure.SERIES_METASPACE,
                        Figure.CLASSES, Figure.SERIES_CLASSES,
                        Figure.THREADS, Figure.SERIES_THREADS));
    }

    private void measure(Agent agent, int series, Map<Figure, Double> figures, Figure export, Map<Figure, Figure> held)
            throws IOException, InterruptedException {
        if (agent.equals(Agent.NONE) && held.isEmpty()) {
            return;
        }
        Process process = programs.start(
                agent,
                programs.allClasses(),
                ManyStatements.class.getName(),
                List.of(Integer.toString(series / SERIES_PER_STATEMENT)));
        try {
            awaitReady(agent, process);
            JvmFigures jvm = new JvmFigures(options.java(), process.pid());
            Thread.sleep(WARM_UP.toMillis());
            if (EXPORT_THREAD.matcher(jvm.ask("Thread.print")).find()) {
                double before = exportMillis(jvm);
                long begun = System.nanoTime();
                Thread.sleep(options.exportFor().toMillis());
                double spent = exportMillis(jvm) - before;
                figures.put(export, PERCENT * spent * NANOS_PER_MILLI / (System.nanoTime() - begun));
            }
            Map<Figure, Double> now = new EnumMap<>(Figure.class);
            jvm.afterFullCollection(now);
            held.forEach((figure, as) -> figures.put(as, now.getOrDefault(figure, 0.0)));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static double exportMillis(JvmFigures jvm) throws IOException, InterruptedException {
        Matcher thread = EXPORT_THREAD.matcher(jvm.ask("Thread.print"));
        if (!thread.find()) {
            throw new CostFailure("the agent's thread has ended");
        }
        return Double.parseDouble(thread.group(1));
    }

    private void awaitReady(Agent agent, Process process) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_LIMIT_NANOS;
        while (!programs.output().contains("ready")) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new CostFailure("the statements with " + agent.name() + " did not run: " + programs.output());
            }
            Thread.sleep(50);
        }
    }
}
