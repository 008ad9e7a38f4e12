package dev.headroom.dashboard.ingest;

import java.util.Locale;

/** The three kinds of OTLP requests. Their messages have the same shape and field numbers down to the records. */
enum OtlpSignal {
    METRICS("m", "resourceMetrics", "scopeMetrics", "metrics", "rejectedDataPoints"),
    LOGS("l", "resourceLogs", "scopeLogs", "logRecords", "rejectedLogRecords"),
    TRACES("t", "resourceSpans", "scopeSpans", "spans", "rejectedSpans");

    private final String letter;
    private final String resources;
    private final String scopes;
    private final String records;
    private final String rejectedField;

    OtlpSignal(String letter, String resources, String scopes, String records, String rejectedField) {
        this.letter = letter;
        this.resources = resources;
        this.scopes = scopes;
        this.records = records;
        this.rejectedField = rejectedField;
    }

    /** As in an idempotency key. */
    String letter() {
        return letter;
    }

    /** Where requests of it go. */
    String path() {
        return "/v1/" + name().toLowerCase(Locale.ROOT);
    }

    String resources() {
        return resources;
    }

    String scopes() {
        return scopes;
    }

    String records() {
        return records;
    }

    String rejectedField() {
        return rejectedField;
    }
}
