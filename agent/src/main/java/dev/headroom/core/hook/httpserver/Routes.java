package dev.headroom.core.hook.httpserver;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.CodedSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of served requests: at most {@link #MAX_ROUTES} routes, the rest in the metric's overflow series. Never a raw path.
 * Thread-safe; a series seen before costs no allocation.
 */
final class Routes {
    static final int MAX_ROUTES = 500;
    static final String UNMATCHED = "unmatched";

    private final Recorder recorder;
    private final ConcurrentHashMap<String, CodedSeries> routes = new ConcurrentHashMap<>();

    Routes(Recorder recorder) {
        this.recorder = recorder;
    }

    /** @param route a template, or {@link #UNMATCHED} */
    @SuppressWarnings("EnumOrdinal") // packed into a number that never leaves this JVM
    DurationSeries series(String route, HttpMethod method, boolean secure, int status, RequestScope did) {
        CodedSeries known = routes.get(route);
        if (known == null) {
            if (routes.size() >= MAX_ROUTES) {
                return recorder.duration(Metric.HTTP_SERVER_DURATION, Attributes.OVERFLOWN);
            }
            known = new CodedSeries();
            CodedSeries earlier = routes.putIfAbsent(route, known);
            known = earlier == null ? known : earlier;
        }
        RequestClass kind = RequestClass.of(method, route, did);
        int cache = did.cacheMisses() > 0 ? 2 : did.cacheHits() > 0 ? 1 : 0;
        long code =
                ((((long) status * 16 + method.ordinal()) * 2 + (secure ? 1 : 0)) * 16 + kind.ordinal()) * 4 + cache;
        DurationSeries series = known.get(code);
        if (series == null) {
            series = recorder.duration(
                    Metric.HTTP_SERVER_DURATION, attributes(route, method, secure, status, kind, cache));
            known.put(code, series);
        }
        return series;
    }

    private static Attributes attributes(
            String route, HttpMethod method, boolean secure, int status, RequestClass kind, int cache) {
        Attributes attributes = Attributes.of(Attribute.HTTP_ROUTE, route)
                .with(Attribute.HTTP_METHOD, method.text())
                .with(Attribute.HTTP_STATUS, Integer.toString(status))
                .with(Attribute.URL_SCHEME, secure ? "https" : "http");
        String name = kind.className();
        if (name != null) {
            attributes = attributes.with(Attribute.REQUEST_CLASS, name);
        }
        return cache == 0 ? attributes : attributes.with(Attribute.REQUEST_CACHE, cache == 1 ? "hit" : "miss");
    }
}
