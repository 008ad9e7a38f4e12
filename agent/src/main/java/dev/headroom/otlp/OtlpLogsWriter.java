package dev.headroom.otlp;

import java.util.Map;

/**
 * Encodes an ExportLogsServiceRequest (opentelemetry-proto 1.11) of one resource, record by record. Field numbers are those of
 * logs.proto, common.proto and resource.proto. Not thread-safe.
 */
public final class OtlpLogsWriter {
    private final ProtoWriter out = new ProtoWriter();
    private final int resourceLogs;
    private final int scopeLogs;

    public OtlpLogsWriter(Map<String, String> resource, String scopeName, String scopeVersion) {
        resourceLogs = out.begin(1);
        int attributes = out.begin(1);
        OtlpMetricsWriter.attributes(out, 1, resource);
        out.end(attributes);
        scopeLogs = out.begin(2);
        int scope = out.begin(1);
        out.string(1, scopeName);
        out.string(2, scopeVersion);
        out.end(scope);
    }

    /**
     * @param unixNanos when it was
     * @param body text
     */
    public void add(long unixNanos, String eventName, String body, Map<String, String> attributes) {
        int record = out.begin(2);
        out.fixed64(1, unixNanos);
        int text = out.begin(5);
        out.string(1, body);
        out.end(text);
        OtlpMetricsWriter.attributes(out, 6, attributes);
        out.fixed64(11, unixNanos);
        out.string(12, eventName);
        out.end(record);
    }

    /** The request; nothing can be added any more. */
    public byte[] toByteArray() {
        out.end(scopeLogs);
        out.end(resourceLogs);
        return out.toByteArray();
    }
}
