package dev.headroom.cost;

import dev.headroom.cost.hello.Hello;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Hello world, several times in a row, since the system counts the CPU time of ended processes in steps of 10 ms. */
final class HelloRun {
    private static final int STARTS = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Programs programs;

    HelloRun(Programs programs) {
        this.programs = programs;
    }

    /** Means of one start. No other child of this process may end meanwhile. */
    void measure(Agent agent, Map<Figure, Double> figures) throws IOException, InterruptedException {
        long cpu = ProcessFigures.endedChildrenCpuMillis();
        long begun = System.nanoTime();
        for (int i = 0; i < STARTS; i++) {
            int exit = programs.start(agent, programs.ownClasses(), Hello.class.getName(), List.of())
                    .waitFor();
            if (exit != 0) {
                throw new CostFailure(
                        "hello world with " + agent.name() + " ended with " + exit + ": " + programs.output());
            }
        }
        figures.put(Figure.HELLO_WALL, (System.nanoTime() - begun) / NANOS_PER_MILLI / STARTS);
        figures.put(Figure.HELLO_CPU, (ProcessFigures.endedChildrenCpuMillis() - cpu) / (double) STARTS);
    }
}
