package dev.headroom.otlp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decodes an ExportLogsServiceRequest (opentelemetry-proto 1.11) as far as examples need it: when, what, in which words, with
 * which attributes. Stateless and thread-safe.
 */
public final class OtlpLogsReader {
    private OtlpLogsReader() {}

    /** The records of one resource. Immutable by convention. */
    public static final class ResourceLogs {
        private final Map<String, String> resource;
        private final List<LogRecord> records;

        ResourceLogs(Map<String, String> resource, List<LogRecord> records) {
            this.resource = resource;
            this.records = records;
        }

        public Map<String, String> resource() {
            return resource;
        }

        public List<LogRecord> records() {
            return records;
        }
    }

    /** One record. Immutable by convention. */
    public static final class LogRecord {
        private long timeNanos;
        private long observedNanos;
        private String eventName = "";
        private String body = "";
        private final Map<String, String> attributes = new TreeMap<>();

        /** Since 1970; when it was observed where it has no time of its own; 0 without either. */
        public long timeNanos() {
            return timeNanos != 0 ? timeNanos : observedNanos;
        }

        /** Empty when it has none. */
        public String eventName() {
            return eventName;
        }

        /** Text; empty for bodies of another kind. */
        public String body() {
            return body;
        }

        public Map<String, String> attributes() {
            return attributes;
        }
    }

    /** @throws MalformedOtlpException when the bytes are not such a request */
    public static List<ResourceLogs> read(byte[] request) {
        List<ResourceLogs> resources = new ArrayList<>();
        ProtoReader in = new ProtoReader(request);
        while (in.next()) {
            if (in.field() == 1) {
                resources.add(resourceLogs(in.message()));
            }
        }
        return resources;
    }

    private static ResourceLogs resourceLogs(ProtoReader in) {
        Map<String, String> resource = new HashMap<>();
        List<LogRecord> records = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                ProtoReader attributes = in.message();
                while (attributes.next()) {
                    if (attributes.field() == 1) {
                        OtlpAttributes.read(attributes.message(), resource);
                    }
                }
            } else if (in.field() == 2) {
                ProtoReader scope = in.message();
                while (scope.next()) {
                    if (scope.field() == 2) {
                        records.add(record(scope.message()));
                    }
                }
            }
        }
        return new ResourceLogs(resource, records);
    }

    private static LogRecord record(ProtoReader in) {
        LogRecord record = new LogRecord();
        while (in.next()) {
            switch (in.field()) {
                case 1:
                    record.timeNanos = in.fixed64();
                    break;
                case 5:
                    record.body = text(in.message());
                    break;
                case 6:
                    OtlpAttributes.read(in.message(), record.attributes);
                    break;
                case 11:
                    record.observedNanos = in.fixed64();
                    break;
                case 12:
                    record.eventName = in.string();
                    break;
                default:
            }
        }
        return record;
    }

    private static String text(ProtoReader any) {
        String text = "";
        while (any.next()) {
            if (any.field() == 1) {
                text = any.string();
            }
        }
        return text;
    }
}
