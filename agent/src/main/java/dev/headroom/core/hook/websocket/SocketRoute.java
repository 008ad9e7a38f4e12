package dev.headroom.core.hook.websocket;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.AmountSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** What is recorded of the WebSockets of one route. Thread-safe but for {@link #connections}. */
final class SocketRoute {
    final Attributes attributes;

    /** Counted anew for each window by the agent's thread, which alone uses it. */
    int connections;

    private final Recorder recorder;
    private final DurationSeries messages;
    private volatile @Nullable AmountSeries users;

    SocketRoute(Recorder recorder, Attributes attributes) {
        this.recorder = recorder;
        this.attributes = attributes;
        this.messages = recorder.duration(Metric.WEBSOCKET_MESSAGE, attributes);
    }

    /** @param error null for a success */
    void handled(long nanos, @Nullable String error) {
        (error == null ? messages : messages.failed(error)).record(nanos);
    }

    /** @param connections that the user who opened one has now */
    void openedByUser(int connections) {
        AmountSeries known = users;
        if (known == null) {
            known = recorder.amount(Metric.WEBSOCKET_USER, attributes);
            users = known;
        }
        known.record(connections);
    }
}
