package dev.headroom.demo.launcher;

import dev.headroom.demo.launcher.GuideFigure.Measured;
import dev.headroom.demo.load.Burst;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proof as Markdown. */
final class ProofReport {
    private final DemoOptions options;
    private final Duration span;
    private final Proof.Phase naive;
    private final Proof.Phase optimised;

    ProofReport(DemoOptions options, Duration span, Proof.Phase naive, Proof.Phase optimised) {
        this.options = options;
        this.span = span;
        this.naive = naive;
        this.optimised = optimised;
    }

    String text() {
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        StringBuilder text = new StringBuilder("""
                # Before and after, measured

                Written by `mvn -Pdemo -Ddemo.proof=docs/before-after.md`: all five services naive, then all optimised, each asked %d times a second
                for %d s by the clock, whatever they made of it. Times, statements and hits are the dashboard's; the last column but one
                is the generator's own clock, which counts from the intended start. p50 / p95 in milliseconds, then statements a request.

                The guides' figures come from other machines and larger tables: what can agree is the relation, and the verdict is about
                the guide's own promise (its limit, its share of time or of statements saved); where it gives no figure, about ours in brackets.
                Statements are the mean of all requests, those answered from a cache included. Load average when this was written:
                %s on %d processors, this demo's own included.

                | guide | row | its figure | naive | optimised | cached p50 | own clock, p50 | verdict |
                |---|---|---|---|---|---|---|---|
                """.formatted(
                        Math.max(1, options.rate()),
                        span.toSeconds(),
                        number(machine.getSystemLoadAverage()),
                        machine.getAvailableProcessors()));
        for (GuideFigure figure : GuideFigure.all()) {
            Measured before = of(naive, figure);
            Measured after = of(optimised, figure);
            text.append("| %s | %s: `%s` | %s | %s | %s | %s | %s → %s | %s |%n"
                    .formatted(
                            figure.guide(),
                            figure.what(),
                            figure.route(),
                            figure.promise(),
                            cell(before),
                            cell(after),
                            after == null ? "–" : millis(after.hitP50Millis()),
                            before == null ? "–" : millis(before.clockP50Millis()),
                            after == null ? "–" : millis(after.clockP50Millis()),
                            verdict(figure.kept(before, after))));
        }
        wholeServices(text);
        shapes(text);
        return text.toString();
    }

    private void wholeServices(StringBuilder text) {
        text.append("""

                ## Whole services

                | what | guide's figure | naive | optimised | verdict |
                |---|---|---|---|---|
                """);
        for (GuideSystem system : GuideSystem.values()) {
            double before = statements(naive, system);
            double after = statements(optimised, system);
            text.append("| Statements a request, %s | 60–80 %% fewer (002) | %s | %s | %s |%n"
                    .formatted(system.id(), number(before), number(after), verdict(after <= before * 0.4)));
        }
        for (GuideSystem system : GuideSystem.values()) {
            double ratio = optimised.hitRatios().getOrDefault(system, Double.NaN);
            boolean fourth = system == GuideSystem.STUDY;
            text.append("| Hit rate, %s | %s | – | %s | %s |%n"
                    .formatted(
                            system.id(),
                            fourth ? "> 70 % (004)" : "> 80 % (002)",
                            Double.isNaN(ratio) ? "–" : number(ratio * 100) + " %",
                            verdict(Double.isNaN(ratio) ? null : ratio > (fourth ? 0.7 : 0.8))));
        }
        double before = perChat(naive);
        double after = perChat(optimised);
        text.append("| Calls of the model for each chat message | 30–50 %% fewer (002) | %s | %s | %s |%n"
                .formatted(number(before), number(after), verdict(after <= before * 0.7)));
    }

    private void shapes(StringBuilder text) {
        text.append("""

                ## Test shapes, by the generator's clock

                | shape | guide's figure | naive | optimised | verdict |
                |---|---|---|---|---|
                """);
        shape(text, "10 reads", "10 reads at once: all answered", "< 500 ms (003)", 500);
        shape(text, "5 creates", "5 creates at once: all answered", "< 500 ms (003)", 500);
        shape(text, "1000 requests", "1000 requests, 10 at a time: p95", "< 500 ms (004)", 500);
    }

    private void shape(StringBuilder text, String key, String what, String promise, double limitMillis) {
        double before = figure(key, naive.bursts());
        double after = figure(key, optimised.bursts());
        text.append("| %s | %s | %s ms | %s ms | %s |%n"
                .formatted(what, promise, number(before), number(after), verdict(after < limitMillis)));
    }

    private static double figure(String key, Map<String, Burst> bursts) {
        Burst burst = bursts.get(key);
        if (burst == null) {
            return Double.NaN;
        }
        return key.equals("1000 requests") ? burst.timings().quantileMillis(0.95) : burst.wallNanos() / 1e6;
    }

    private static @Nullable Measured of(Proof.Phase phase, GuideFigure figure) {
        return phase.routes().getOrDefault(figure.system(), Map.of()).get(figure.route());
    }

    private static double statements(Proof.Phase phase, GuideSystem system) {
        double statements = 0;
        long requests = 0;
        for (Measured route : phase.routes().getOrDefault(system, Map.of()).values()) {
            statements += route.statements() * route.count();
            requests += route.count();
        }
        return requests == 0 ? Double.NaN : statements / requests;
    }

    private static double perChat(Proof.Phase phase) {
        Measured chat =
                phase.routes().getOrDefault(GuideSystem.JOURNAL, Map.of()).get("POST /chat");
        return chat == null ? Double.NaN : (double) phase.modelCalls() / chat.count();
    }

    private static String cell(@Nullable Measured measured) {
        return measured == null
                ? "not asked"
                : "%s / %s, %s (n %d)"
                        .formatted(
                                millis(measured.p50Millis()),
                                millis(measured.p95Millis()),
                                number(measured.statements()),
                                measured.count());
    }

    private static String verdict(@Nullable Boolean kept) {
        return kept == null ? "○ no data" : kept ? "● kept" : "■ not reached";
    }

    private static String millis(double millis) {
        return Double.isNaN(millis) ? "–" : number(millis);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}
