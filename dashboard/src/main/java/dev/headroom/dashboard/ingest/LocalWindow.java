package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.otlp.OtlpMetricsReader;
import dev.headroom.otlp.ResourceMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A window that an agent handed over within its own JVM, read as one that came over the network. Stateless. */
public final class LocalWindow {
    private LocalWindow() {}

    /**
     * The windows in an OTLP request, one for each sender.
     *
     * @param arrived when it came, for windows that do not say when they ended
     * @throws IllegalArgumentException where a point cannot be kept, with the reason: counts would not be exact without it
     */
    public static List<Batch> read(byte[] otlp, Instant arrived) {
        Rejections rejections = new Rejections();
        List<Batch> batches = new ArrayList<>();
        long number = 0;
        for (ResourceMetrics resource : OtlpMetricsReader.read(otlp).resources()) {
            Sender sender = new Sender(
                    resource.resource().getOrDefault("service.name", Sender.UNKNOWN_SERVICE),
                    resource.resource().getOrDefault("service.instance.id", ""),
                    resource.resource());
            Batch.Cursor cursor = new Batch.Cursor("m", ++number);
            batches.add(AgentWindow.read(sender, cursor, resource.points(), arrived, rejections));
        }
        if (rejections.total() > 0) {
            throw new IllegalArgumentException("The agent's window is not whole: " + rejections.message());
        }
        return batches;
    }
}
