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
 * method, status and the template of the path, of each host at most {@link #MAX_TEMPLATES}; never a path itself. Thread-safe; a
 * series seen before costs no allocation.
 */
final class Peers {
    static final int MAX_HOSTS = 200;
    static final int MAX_TEMPLATES = 100;
    private static final String[] METHODS = {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "_OTHER"
    };

    private final Recorder recorder;
    private final ConcurrentHashMap<String, Host> hosts = new ConcurrentHashMap<>();

    Peers(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Records one call.
     *
     * @param port as in the URL, -1 for the scheme's own
     * @param template of the URL's path, as the application wrote it; null when it is not known
     * @param status 0 when no answer came
     * @param errorType null for none; a status of 400 and above says more and goes before it
     * @return the series of such calls that do not fail
     */
    DurationSeries record(
            @Nullable String host,
            int port,
            boolean secure,
            @Nullable String method,
            @Nullable String template,
            int status,
            @Nullable String errorType,
            long nanos) {
        int known = port > 0 ? port : secure ? 443 : 80;
        DurationSeries series = series(host == null ? "" : host, known, method(method), template, status);
        String error = error(status, errorType);
        (error == null ? series : series.failed(error)).record(nanos);
        return series;
    }

    static @Nullable String error(int status, @Nullable String errorType) {
        return status >= 400 ? Integer.toString(status) : errorType;
    }

    private DurationSeries series(String host, int port, int method, @Nullable String template, int status) {
        Host peer = hosts.get(host);
        if (peer == null) {
            if (hosts.size() >= MAX_HOSTS) {
                return recorder.duration(Metric.HTTP_CLIENT_DURATION, Attributes.OVERFLOWN);
            }
            peer = new Host();
            Host earlier = hosts.putIfAbsent(host, peer);
            peer = earlier == null ? peer : earlier;
        }
        CodedSeries<DurationSeries> templated = template == null ? null : peer.templated(template);
        CodedSeries<DurationSeries> known = templated == null ? peer.plain : templated;
        long code = ((long) port * 1_000 + status) * METHODS.length + method;
        DurationSeries series = known.get(code);
        if (series == null) {
            Attributes attributes = Attributes.of(Attribute.SERVER_ADDRESS, host)
                    .with(Attribute.SERVER_PORT, Integer.toString(port))
                    .with(Attribute.HTTP_METHOD, METHODS[method]);
            if (template != null && templated != null) {
                attributes = attributes.with(Attribute.URL_TEMPLATE, template);
            }
            if (status > 0) {
                attributes = attributes.with(Attribute.HTTP_STATUS, Integer.toString(status));
            }
            series = recorder.duration(Metric.HTTP_CLIENT_DURATION, attributes);
            known.put(code, series);
        }
        return series;
    }

    /** Thread-safe. */
    private static final class Host {
        final CodedSeries<DurationSeries> plain = new CodedSeries<>();
        private final ConcurrentHashMap<String, CodedSeries<DurationSeries>> templates = new ConcurrentHashMap<>();

        /** Null when there are too many. */
        @Nullable
        CodedSeries<DurationSeries> templated(String template) {
            CodedSeries<DurationSeries> known = templates.get(template);
            if (known == null && templates.size() < MAX_TEMPLATES) {
                known = new CodedSeries<>();
                CodedSeries<DurationSeries> earlier = templates.putIfAbsent(template, known);
                known = earlier == null ? known : earlier;
            }
            return known;
        }
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
