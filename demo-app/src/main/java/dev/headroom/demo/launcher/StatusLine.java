package dev.headroom.demo.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** One line about the last ten seconds, as the dashboard sees them; overwritten in place on a terminal. */
final class StatusLine {
    private static final Duration SPAN = Duration.ofSeconds(10);
    /** The agent's windows end on whole multiples of this. */
    private static final long WINDOW_MILLIS = 5_000;
    /** How long a window may take to the dashboard. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(2);

    private final PrintStream out;
    private final DashboardApi dashboard;
    private final boolean terminal;
    private int shownLength;

    StatusLine(PrintStream out, DashboardApi dashboard, boolean terminal) {
        this.out = out;
        this.dashboard = dashboard;
        this.terminal = terminal;
    }

    /** Shows the line for a load that has been on for so long. */
    void show(Duration elapsed, long answered) throws InterruptedException {
        String line;
        try {
            line = text(elapsed, answered);
        } catch (IOException unreachable) {
            line = "  %s  %,d requests made; the dashboard does not answer".formatted(clock(elapsed), answered);
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

    private String text(Duration elapsed, long answered) throws IOException, InterruptedException {
        long arrivedMillis = Instant.now().minus(ON_THE_WAY).toEpochMilli();
        Instant end = Instant.ofEpochMilli(arrivedMillis / WINDOW_MILLIS * WINDOW_MILLIS);
        List<JsonNode> routes = dashboard.items("routes", end.minus(SPAN), end);
        double rate = 0;
        double slowestMillis = 0;
        String slowest = "-";
        for (JsonNode route : routes) {
            rate += route.path("ratePerSecond").asDouble(0);
            double millis = route.path("p95Ms").asDouble(0);
            if (millis > slowestMillis) {
                slowestMillis = millis;
                slowest = route.path("name").asString("-");
            }
        }
        String worst = dashboard.budgets().path("overall").asString("NO DATA");
        return String.format(
                Locale.ROOT,
                "  %s  %,d requests  %.1f/s  slowest p95 %.0f ms (%s)  budgets: %s",
                clock(elapsed),
                answered,
                rate,
                slowestMillis,
                slowest,
                worst);
    }

    private static String clock(Duration elapsed) {
        return String.format(Locale.ROOT, "%02d:%02d", elapsed.toMinutes(), elapsed.toSecondsPart());
    }
}
