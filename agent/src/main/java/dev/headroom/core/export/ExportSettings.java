package dev.headroom.core.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where, how often and as whom the agent sends. Immutable and thread-safe; the {@code with} methods return changed copies. */
public final class ExportSettings {
    public static final int DEFAULT_INTERVAL_MILLIS = 5_000;

    /** Ten minutes of an outage at full resolution. */
    public static final int DEFAULT_MAX_WINDOWS = 120;

    public static final long DEFAULT_MAX_BYTES = 16L << 20;

    private final String endpoint;
    private final Map<String, String> headers;
    private final Map<String, String> resource;
    private final String version;
    private final int intervalMillis;
    private final int maxWindows;
    private final long maxBytes;
    private final int answerTimeoutMillis;

    private ExportSettings(
            String endpoint,
            Map<String, String> headers,
            Map<String, String> resource,
            String version,
            int intervalMillis,
            int maxWindows,
            long maxBytes,
            int answerTimeoutMillis) {
        this.endpoint = endpoint;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.resource = Collections.unmodifiableMap(new LinkedHashMap<>(resource));
        this.version = version;
        this.intervalMillis = intervalMillis;
        this.maxWindows = maxWindows;
        this.maxBytes = maxBytes;
        this.answerTimeoutMillis = answerTimeoutMillis;
    }

    /**
     * @param endpoint the dashboard, such as {@code http://127.0.0.1:4318}
     * @param resource with at least {@code service.name} and {@code service.instance.id}
     * @param version of the agent, for the User-Agent header and the scope
     * @throws IllegalArgumentException when the endpoint is no address or the resource lacks one of the two
     */
    public static ExportSettings of(String endpoint, Map<String, String> resource, String version) {
        Endpoint.parse(endpoint);
        for (String key : new String[] {"service.name", "service.instance.id"}) {
            if (resource.get(key) == null) {
                throw new IllegalArgumentException("The resource lacks " + key + "; it has " + resource.keySet());
            }
        }
        return new ExportSettings(
                endpoint,
                Collections.emptyMap(),
                resource,
                version,
                DEFAULT_INTERVAL_MILLIS,
                DEFAULT_MAX_WINDOWS,
                DEFAULT_MAX_BYTES,
                10_000);
    }

    /** Headers for every request, such as {@code Authorization}. */
    public ExportSettings withHeaders(Map<String, String> added) {
        return new ExportSettings(
                endpoint, added, resource, version, intervalMillis, maxWindows, maxBytes, answerTimeoutMillis);
    }

    public ExportSettings withIntervalMillis(int millis) {
        if (millis < 100) {
            throw new IllegalArgumentException("The interval is " + millis + " ms, expected at least 100");
        }
        return new ExportSettings(
                endpoint, headers, resource, version, millis, maxWindows, maxBytes, answerTimeoutMillis);
    }

    /** Beyond either bound the oldest unsent windows are merged. */
    public ExportSettings withQueue(int windows, long bytes) {
        return new ExportSettings(
                endpoint, headers, resource, version, intervalMillis, windows, bytes, answerTimeoutMillis);
    }

    /** How long one answer may take before the batch is sent again. */
    public ExportSettings withAnswerTimeoutMillis(int millis) {
        return new ExportSettings(endpoint, headers, resource, version, intervalMillis, maxWindows, maxBytes, millis);
    }

    Endpoint endpoint() {
        return Endpoint.parse(endpoint);
    }

    Map<String, String> headers() {
        return headers;
    }

    Map<String, String> resource() {
        return resource;
    }

    String resource(String key) {
        return String.valueOf(resource.get(key));
    }

    String version() {
        return version;
    }

    int intervalMillis() {
        return intervalMillis;
    }

    int maxWindows() {
        return maxWindows;
    }

    long maxBytes() {
        return maxBytes;
    }

    int answerTimeoutMillis() {
        return answerTimeoutMillis;
    }
}
