package dev.headroom.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs the phases one after another and prints what was seen: history, load, count, comparison, knee. */
public final class Capacity {
    private static final long FINISH_LIMIT_MILLIS = 120_000;
    private static final long STEP_SECONDS = 90;
    private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

    private final CapacityOptions options;
    private final Path folder;
    private final int port;
    private final MeasuredProcess dashboard;
    private final Fleet fleet;

    private Capacity(CapacityOptions options, Path folder) throws IOException, InterruptedException {
        this.options = options;
        this.folder = folder;
        this.port = MeasuredProcess.freePort();
        Path store = Files.createDirectories(folder.resolve("store"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(),
                GcLog.option(folder.resolve("gc.log"))));
        command.addAll(options.jvm());
        command.addAll(
                List.of("-jar", options.jar().toString(), "--server.port=" + port, "--headroom.store.path=" + store));
        this.dashboard = new MeasuredProcess("The dashboard", command, store).awaitReady(port, "/health");
        this.fleet = new Fleet(port, options);
    }

    public static void main(String[] arguments) throws Exception {
        Path reason = Path.of(System.getProperty("capacity.reason.file", "target/capacity-reason.txt"));
        Files.deleteIfExists(reason);
        Path folder = Files.createTempDirectory("headroom-capacity");
        try {
            CapacityOptions options = CapacityOptions.from(System::getProperty);
            new Capacity(options, folder).run();
        } catch (CapacityFailure failure) {
            Files.createDirectories(reason.toAbsolutePath().getParent());
            Files.writeString(reason, String.valueOf(failure.getMessage()));
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void run() throws Exception {
        System.out.printf(
                "%d JVMs of %d services, %d series each, all active, a window every %d s; heap at most %s%n",
                options.jvms(),
                options.services(),
                options.series(),
                options.interval().toSeconds(),
                options.heap());
        long history = 0;
        if (!options.history().isZero()) {
            long begun = System.nanoTime();
            history = History.fill(port, fleet, options);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double points = (double) history * options.services() * options.series();
            System.out.printf(
                    "history: %.1f million points in %.0f s (%.0f a second)%n",
                    points / 1e6, seconds, points / seconds);
        }
        load();
        count(history);
        if (options.prometheus() > 0) {
            compare();
        }
        knee();
        System.out.println("heap: " + new GcLog(folder.resolve("gc.log")).described());
        System.out.println("resident at most " + dashboard.residentMegabytes() + " MB");
        System.out.println("the dashboard's log has "
                + Files.readAllLines(dashboard.log()).stream()
                        .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                        .count()
                + " warnings or errors");
        fleet.finish(FINISH_LIMIT_MILLIS);
        dashboard.close();
    }

    private void load() throws Exception {
        PageReader reader = new PageReader(port, options.services());
        fleet.growTo(options.jvms());
        Thread pages = new Thread(reader, "pages");
        pages.setDaemon(true);
        pages.start();
        // Everybody has sent, the code is warm, and what a dashboard of a day would have read ahead is read.
        Thread.sleep(Math.max(
                options.settle().toMillis(), options.interval().multipliedBy(3).toMillis()));
        print(reader, "before it was measured, ");
        reader.clear();
        long windowsBefore = fleet.figures.windows.sum();
        long bytesBefore = fleet.figures.bytes.sum();
        fleet.figures.lag.clear();
        long cpuBefore = dashboard.cpuMillis();
        long diskBefore = dashboard.diskBytes();
        long begun = System.nanoTime();
        long seconds = options.load().toSeconds();
        for (long second = 30; second <= seconds; second += 30) {
            Thread.sleep(Math.max(0, second * 1_000 - (System.nanoTime() - begun) / 1_000_000));
            System.out.printf(
                    "  %4d s: lag %s; pages %s; refused %s; disk %d MB%s%n",
                    second,
                    fleet.figures.lag.described(),
                    reader.lately(),
                    fleet.figures.refusals(),
                    dashboard.diskBytes() >> 20,
                    reader.failure().isEmpty() ? "" : "; " + reader.failure());
            if (!dashboard.isAlive()) {
                throw new CapacityFailure("The dashboard died: " + Files.readString(dashboard.log()));
            }
        }
        double elapsed = (System.nanoTime() - begun) / 1e9;
        long windows = fleet.figures.windows.sum() - windowsBefore;
        double points = (double) windows * options.series();
        reader.end();
        System.out.printf(
                "load of %.0f s: %.0f points a second, %.0f requests a second, %.2f cores, %.2f µs CPU a point%n",
                elapsed,
                points / elapsed,
                windows / elapsed,
                (dashboard.cpuMillis() - cpuBefore) / 1e3 / elapsed,
                (dashboard.cpuMillis() - cpuBefore) * 1e3 / points);
        System.out.printf(
                "sent %.1f B a point; disk grew by %.1f B a point to %d MB%n",
                (fleet.figures.bytes.sum() - bytesBefore) / points,
                (dashboard.diskBytes() - diskBefore) / points,
                dashboard.diskBytes() >> 20);
        System.out.println("lag from due to acknowledged: " + fleet.figures.lag.described());
        System.out.println("refused: " + fleet.figures.refusals());
        print(reader, "");
        reader.slow().described(new GcLog(folder.resolve("gc.log"))).forEach(System.out::println);
    }

    private static void print(PageReader reader, String when) {
        reader.times().forEach((page, times) -> System.out.println(when + "GET " + page + "...: " + times.described()));
    }

    /** What was acknowledged and what is stored, for the first services. */
    private void count(long historyWindows) throws Exception {
        Thread.sleep(options.interval().toMillis());
        for (int service = 0; service < Math.min(3, options.services()); service++) {
            long before = fleet.acknowledged(service);
            long stored = stored(service);
            long after = fleet.acknowledged(service);
            long perWindow = SeriesMix.requests(options.series());
            long least = (before + historyWindows) * perWindow;
            long most = (after + historyWindows) * perWindow;
            System.out.printf(
                    "%s: %d requests stored, %d acknowledged %s%n",
                    Fleet.name(service),
                    stored,
                    least,
                    stored >= least && stored <= most + perWindow * options.jvms() ? "" : "- NOT THE SAME");
        }
    }

    private long stored(int service) throws IOException {
        try (Line line = new Line(port)) {
            long from = System.currentTimeMillis() - options.history().toMillis() - 86_400_000L;
            String answer = line.get("/api/v1/routes?service=" + Fleet.name(service) + "&from=" + from)
                    .text();
            long all = 0;
            for (Matcher count = COUNT.matcher(answer); count.find(); ) {
                all += Long.parseLong(count.group(1));
            }
            return all;
        }
    }

    private void compare() throws Exception {
        try (PrometheusFleet prometheus = new PrometheusFleet(folder, fleet, options)) {
            Thread.sleep(STEP_SECONDS * 2_000);
            System.out.println("Prometheus beside it: " + prometheus.finish());
        }
    }

    private void knee() throws Exception {
        for (int jvms : options.knee()) {
            fleet.growTo(jvms);
            Thread.sleep(options.interval().toMillis() * 2);
            fleet.figures.lag.clear();
            long cpuBefore = dashboard.cpuMillis();
            long windowsBefore = fleet.figures.windows.sum();
            Thread.sleep(STEP_SECONDS * 1_000);
            System.out.printf(
                    "%d JVMs: %.0f points a second, %.2f cores, lag %s; refused %s%n",
                    fleet.size(),
                    (fleet.figures.windows.sum() - windowsBefore) * (double) options.series() / STEP_SECONDS,
                    (dashboard.cpuMillis() - cpuBefore) / 1e3 / STEP_SECONDS,
                    fleet.figures.lag.described(),
                    fleet.figures.refusals());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
