package dev.headroom.demo.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One line about the services, as the dashboard judges them; overwritten in place on a terminal. */
final class StatusLine {
    private final PrintStream out;
    private final List<RunningSystem> systems;
    private final boolean terminal;
    private int shownLength;

    StatusLine(PrintStream out, List<RunningSystem> systems, boolean terminal) {
        this.out = out;
        this.systems = List.copyOf(systems);
        this.terminal = terminal;
    }

    /** Shows the line for a load that has been on for so long. */
    void show(Duration elapsed, long answered) throws InterruptedException {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "  %02d:%02d  %,d requests ", elapsed.toMinutes(), elapsed.toSecondsPart(), answered));
        for (RunningSystem system : systems) {
            line.append(' ').append(system.system().id()).append(' ').append(verdict(system));
        }
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
            shownLength = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Ends the line, so that what is printed next starts at the margin. */
    void end() {
        if (terminal && shownLength > 0) {
            out.println();
        }
        shownLength = 0;
    }

    private static String verdict(RunningSystem system) throws InterruptedException {
        try {
            return system.dashboard().budgets().path("overall").asString("NO DATA");
        } catch (IOException unreachable) {
            return "?";
        }
    }
}
