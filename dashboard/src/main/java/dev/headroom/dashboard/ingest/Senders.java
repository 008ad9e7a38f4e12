package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Sender;
import dev.headroom.otlp.AttributeText;
import java.util.Map;

/** Who sent it, from resource attributes. Stateless. */
final class Senders {
    /** In chars; these names stand in addresses, which may have 4,096 bytes. */
    private static final int MAX_NAME = 200;

    private Senders() {}

    /** Falls back to host and process, then to one name for all, where a sender names no instance. */
    static Sender of(Map<String, String> resource) {
        String service = resource.getOrDefault("service.name", "");
        String instance = resource.getOrDefault("service.instance.id", "");
        if (instance.isEmpty()) {
            String host = resource.getOrDefault("host.name", "");
            String process = resource.getOrDefault("process.pid", "");
            instance = host.isEmpty() && process.isEmpty() ? "unnamed" : host + ":" + process;
        }
        return new Sender(
                service.isEmpty() ? Sender.UNKNOWN_SERVICE : AttributeText.bounded(service, MAX_NAME),
                AttributeText.bounded(instance, MAX_NAME),
                resource);
    }
}
