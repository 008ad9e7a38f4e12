package dev.headroom.capacity;

import dev.headroom.otlp.MetricPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/** The same windows into a Prometheus of this machine, by remote write: for the bytes and the CPU time that a point takes there. */
final class PrometheusFleet implements AutoCloseable {
    private final MeasuredProcess prometheus;
    private final List<Thread> threads = new ArrayList<>();
    final LongAdder bytes = new LongAdder();
    final LongAdder points = new LongAdder();
    final LongAdder refused = new LongAdder();
    private final long cpuBefore;
    private final long diskBefore;

    PrometheusFleet(Path folder, Fleet fleet, CapacityOptions options) throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("prometheus"));
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, "global:\n  scrape_interval: 1h\n");
        int port = MeasuredProcess.freePort();
        prometheus = new MeasuredProcess(
                        "Prometheus",
                        List.of(
                                "prometheus",
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + data,
                                "--web.listen-address=127.0.0.1:" + port,
                                "--web.enable-remote-write-receiver",
                                "--enable-feature=native-histograms"),
                        data)
                .awaitReady(port, "/-/ready");
        cpuBefore = prometheus.cpuMillis();
        diskBefore = prometheus.diskBytes();
        long interval = options.interval().toMillis();
        for (int i = 0; i < options.prometheus(); i++) {
            WindowTemplate template = fleet.template(i);
            String job = Fleet.name(i % options.services());
            long offset = interval * i / options.prometheus();
            Thread thread = new Thread(() -> write(port, template, job, interval, offset), "prometheus-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void write(int port, WindowTemplate template, String job, long interval, long offset) {
        UUID instance = UUID.randomUUID();
        long end = (System.currentTimeMillis() / interval + 1) * interval;
        long stored = template.points().stream()
                .filter(point -> point.type() != MetricPoint.Type.EXPLICIT)
                .count();
        try (Line line = new Line(port)) {
            for (long windows = 1; !Thread.currentThread().isInterrupted(); windows++) {
                Thread.sleep(Math.max(0, end + offset - System.currentTimeMillis()));
                byte[] body = RemoteWrite.body(template.points(), job, instance, windows, end);
                if (line.post("/api/v1/write", RemoteWrite.HEADERS, body).status() == 204) {
                    bytes.add(body.length);
                    points.add(stored);
                } else {
                    refused.increment();
                }
                end += interval;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            refused.increment();
        }
    }

    /** Ends the writing and says what it took. */
    String finish() throws IOException, InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join(5_000);
        }
        long written = Math.max(1, points.sum());
        return "%d points, %d requests refused; %.1f B sent, %.2f µs CPU and %.1f B on disk (write-ahead log, before any compaction) a point; %d MB resident"
                .formatted(
                        written,
                        refused.sum(),
                        (double) bytes.sum() / written,
                        (prometheus.cpuMillis() - cpuBefore) * 1e3 / written,
                        (double) (prometheus.diskBytes() - diskBefore) / written,
                        prometheus.residentMegabytes());
    }

    @Override
    public void close() {
        prometheus.close();
    }
}
