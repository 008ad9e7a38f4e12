package dev.headroom.cost;

import dev.headroom.otlp.OtlpMetricsReader;
import dev.headroom.soak.Made;
import dev.headroom.soak.SoakLedger;
import dev.headroom.soak.SoakProgram;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** Headroom's agent under a {@link SoakProgram} for long; ends in a report, or in the disagreements it found. */
final class SoakRun {
    private static final long REPORT_SECONDS = 30;
    private static final long END_MINUTES = 3;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final CostOptions options;
    private final Duration length;
    private final PrintStream console;
    private final SoakLedger ledger = new SoakLedger();
    private final Set<String> keys = new HashSet<>();

    SoakRun(CostOptions options, Duration length, PrintStream console) {
        this.options = options;
        this.length = length;
        this.console = console;
    }

    void run() throws IOException, InterruptedException {
        Machine machine = Machine.of(options);
        Agent agent = options.agents().get(1);
        Map<Made, Long> made;
        try (OtlpSink sink = new OtlpSink(this::take)) {
            Programs programs = new Programs(options, sink.endpoint());
            Process process = programs.start(
                    agent,
                    programs.allClasses(),
                    SoakProgram.class.getName(),
                    List.of(Long.toString(length.toSeconds()), options.churn() ? "churn" : "steady"));
            try {
                await(process);
                if (process.exitValue() != 0) {
                    throw new CostFailure("the soak ended with " + process.exitValue() + ": " + programs.output());
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            made = made(programs.output());
        }
        report(machine, made);
    }

    private void await(Process process) throws InterruptedException {
        long begun = System.nanoTime();
        long limit = length.toSeconds() + TimeUnit.MINUTES.toSeconds(END_MINUTES);
        while (!process.waitFor(REPORT_SECONDS, TimeUnit.SECONDS)) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            console.printf(
                    "%d of %d s: %,d calls received in %d windows, %s series held%n",
                    seconds, length.toSeconds(), ledger.calls(), ledger.windows(), ledger.seriesHeld());
            if (seconds > limit) {
                throw new CostFailure("the soak does not end");
            }
        }
    }

    private synchronized void take(String key, byte[] body, boolean gzip) throws IOException {
        if (keys.add(key)) {
            try (InputStream plain =
                    gzip ? new GZIPInputStream(new ByteArrayInputStream(body)) : new ByteArrayInputStream(body)) {
                ledger.add(OtlpMetricsReader.read(plain.readAllBytes()).resources());
            }
        }
    }

    private static Map<Made, Long> made(String output) {
        Map<Made, Long> made = new EnumMap<>(Made.class);
        for (String line : output.split("\n")) {
            for (Made each : Made.values()) {
                if (line.startsWith(each + " ")) {
                    made.put(each, Long.parseLong(line.substring(each.toString().length() + 1)));
                }
            }
        }
        return made;
    }

    private void report(Machine machine, Map<Made, Long> made) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("Soak of ").append(length.toSeconds()).append(" s, ");
        text.append(options.churn() ? "with new statements and keys without end. " : "the same series throughout. ");
        text.append(machine.described()).append("\n\n");
        made.forEach((what, number) ->
                text.append("- ").append(what).append(' ').append(number).append('\n'));
        text.append("- windows received ").append(ledger.windows()).append('\n');
        text.append("- series held at the end ").append(ledger.seriesHeld()).append('\n');
        text.append("- heap grown by %.2f MB%n"
                .formatted((made.getOrDefault(Made.HEAP_END, 0L) - made.getOrDefault(Made.HEAP_EARLY, 0L))
                        / BYTES_PER_MEGABYTE));
        List<String> disagreements = ledger.disagreements(made, options.churn());
        text.append(disagreements.isEmpty() ? "\nEverything agrees.\n" : "\n");
        disagreements.forEach(each -> text.append(each).append('\n'));
        Files.writeString(options.folder().resolve("target/soak.md"), text);
        console.println(text);
        if (!disagreements.isEmpty()) {
            throw new CostFailure("the soak found: " + String.join("; ", disagreements));
        }
    }
}
