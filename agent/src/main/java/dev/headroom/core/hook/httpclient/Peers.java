package dev.headroom.core.hook.httpclient;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.CodedSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The series of outgoing calls: at most {@link #MAX_HOSTS} hosts, the rest in the metric's overflow series. Only host, port,
 * method and status, never a path. Thread-safe; a series seen before costs no allocation.
 */
final class Peers {
    static final int MAX_HOSTS = 200;
    private static final String[] METHODS = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "_OTHER"
    };

    private final Recorder recorder;
    private final ConcurrentHashMap<String, CodedSeries> hosts = new ConcurrentHashMap<>();

    Peers(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Records one call.
     *
     * @param port as in the URL, -1 for the scheme's own
     * @param status 0 when no answer came
     */
    void record(
            @Nullable String host,
            int port,
            boolean secure,
            @Nullable String method,
            int status,
            @Nullable Throwable thrown,
            long nanos) {
        int known = port > 0 ? port : secure ? 443 : 80;
        DurationSeries series = series(host == null ? "" : host, known, method(method), status);
        String error = status >= 400
                ? Integer.toString(status)
                : thrown == null ? null : thrown.getClass().getName();
        (error == null ? series : series.failed(error)).record(nanos);
    }

    private DurationSeries series(String host, int port, int method, int status) {
        CodedSeries known = hosts.get(host);
        if (known == null) {
            if (hosts.size() >= MAX_HOSTS) {
                return recorder.duration(Metric.HTTP_CLIENT_DURATION, Attributes.OVERFLOWN);
            }
            known = new CodedSeries();
            CodedSeries earlier = hosts.putIfAbsent(host, known);
            known = earlier == null ? known : earlier;
        }
        long code = ((long) port * 1_000 + status) * METHODS.length + method;
        DurationSeries series = known.get(code);
        if (series == null) {
            Attributes attributes = Attributes.of(Attribute.SERVER_ADDRESS, host)
                    .with(Attribute.SERVER_PORT, Integer.toString(port))
                    .with(Attribute.HTTP_METHOD, METHODS[method]);
            if (status > 0) {
                attributes = attributes.with(Attribute.HTTP_STATUS, Integer.toString(status));
            }
            series = recorder.duration(Metric.HTTP_CLIENT_DURATION, attributes);
            known.put(code, series);
        }
        return series;
    }

    private static int method(@Nullable String name) {
        int last = METHODS.length - 1;
        for (int i = 0; i < last; i++) {
            if (METHODS[i].equals(name)) {
                return i;
            }
        }
        return last;
    }
}
