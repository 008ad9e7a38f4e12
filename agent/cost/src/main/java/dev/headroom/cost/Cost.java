package dev.headroom.cost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The harness: in every round each agent has its turn, in an order that moves on by one from round to round, so that whatever
 * else the machine does meets all of them. See README.md in this module's folder.
 */
public final class Cost {
    private final CostOptions options;
    private final PrintStream console;

    private Cost(CostOptions options, PrintStream console) {
        this.options = options;
        this.console = console;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path reasonFile = Path.of(System.getProperty("cost.reason.file", "cost-reason.txt"));
        Files.deleteIfExists(reasonFile);
        try {
            CostOptions options = CostOptions.from(System::getProperty);
            if (options.soak() != null) {
                new SoakRun(options, options.soak(), System.out).run();
            } else {
                new Cost(options, System.out).run();
            }
        } catch (CostFailure failure) {
            // told by the build, in place of a stack of Maven's
            Files.writeString(reasonFile, String.valueOf(failure.getMessage()));
        }
    }

    private void run() throws IOException, InterruptedException {
        Machine machine = Machine.of(options);
        Rounds rounds = new Rounds(options.agents());
        Path file = options.folder().resolve("target/cost.md");
        String table = "";
        try (OtlpSink sink = new OtlpSink()) {
            Programs programs = new Programs(options, sink.endpoint());
            HelloRun hello = new HelloRun(programs);
            ApplicationRun application = new ApplicationRun(options, programs);
            FootprintRun footprint = new FootprintRun(options, programs);
            for (int round = 1; round <= options.runs(); round++) {
                List<Agent> order = new ArrayList<>(options.agents());
                Collections.rotate(order, -(round - 1));
                for (Agent agent : order) {
                    console.printf("round %d of %d, %s:", round, options.runs(), agent.name());
                    console.flush();
                    Map<Figure, Double> figures = rounds.next(agent);
                    if (options.what().contains(CostOptions.Part.HELLO)) {
                        hello.measure(agent, figures);
                        say(figures, Figure.HELLO_CPU);
                    }
                    if (options.what().contains(CostOptions.Part.START)
                            || options.what().contains(CostOptions.Part.LOAD)) {
                        long before = sink.bytes();
                        application.measure(agent, figures);
                        figures.put(Figure.SENT, (sink.bytes() - before) / 1e3);
                        say(figures, Figure.START_WALL);
                        say(figures, Figure.START_CPU);
                        say(figures, Figure.REQUEST_CPU);
                    }
                    if (round == 1 && options.what().contains(CostOptions.Part.FOOTPRINT)) {
                        footprint.measure(agent, figures);
                        say(figures, Figure.EXPORT_300);
                        say(figures, Figure.SERIES_HEAP);
                    }
                    console.println();
                }
                // after every round, for whoever ends it early
                table = CostTable.of(rounds, options.agents(), machine, round);
                Files.writeString(file, table);
            }
        }
        console.println();
        console.println(table);
        console.println("written to " + file);
    }

    private void say(Map<Figure, Double> figures, Figure figure) {
        Double value = figures.get(figure);
        if (value != null) {
            console.printf("  %s %s %s", figure.title(), CostTable.number(value), figure.unit());
            console.flush();
        }
    }
}
