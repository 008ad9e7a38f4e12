package dev.headroom.core.hook.httpserver;

import dev.headroom.catalog.Attribute;
import dev.headroom.core.hook.CodedSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The series of served requests: at most {@link #MAX_ROUTES} routes, the rest in the metrics' overflow series. Never a raw path.
 * Thread-safe; a request of a kind seen before costs no allocation.
 */
final class Routes {
    static final int MAX_ROUTES = 500;
    static final String UNMATCHED = "unmatched";

    private final Recorder recorder;
    private final ConcurrentHashMap<String, CodedSeries<RouteSeries>> routes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CodedSeries<RouteWork>> works = new ConcurrentHashMap<>();
    private volatile @Nullable RouteSeries overflow;

    /** Set with the first request that used a database: a service without one has nothing to tell of it. */
    private volatile boolean databaseUsed;

    Routes(Recorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Records one request that has ended.
     *
     * @param route a template, or {@link #UNMATCHED}
     * @param error null for a success
     */
    void record(String route, Served served, @Nullable String error, long nanos) {
        RequestScope did = served.account();
        RouteSeries series = series(route, served, did);
        if (served.sent >= 0 && !served.isAborted()) {
            series.sent(served.sent, served.encoding, served.unvalidated);
        }
        if (!databaseUsed && (did.statements() > 0 || did.connectionsOpened() > 0)) {
            databaseUsed = true;
        }
        if (databaseUsed) {
            series.did(did);
        }
        RouteWork work = work(route, served.method);
        if (work != null) {
            work.did(did, nanos);
        }
        series.took(nanos, error); // Last: what a window's requests did is in no later window.
    }

    /** Null for routes beyond the cap. */
    @SuppressWarnings("EnumOrdinal") // a number that never leaves this JVM
    private @Nullable RouteWork work(String route, HttpMethod method) {
        CodedSeries<RouteWork> known = works.get(route);
        if (known == null) {
            if (works.size() >= MAX_ROUTES) {
                return null;
            }
            known = new CodedSeries<>();
            CodedSeries<RouteWork> earlier = works.putIfAbsent(route, known);
            known = earlier == null ? known : earlier;
        }
        RouteWork work = known.get(method.ordinal());
        if (work == null) {
            work = new RouteWork(
                    recorder, Attributes.of(Attribute.HTTP_ROUTE, route).with(Attribute.HTTP_METHOD, method.text()));
            known.put(method.ordinal(), work);
        }
        return work;
    }

    @SuppressWarnings("EnumOrdinal") // packed into a number that never leaves this JVM
    private RouteSeries series(String route, Served served, RequestScope did) {
        CodedSeries<RouteSeries> known = routes.get(route);
        if (known == null) {
            if (routes.size() >= MAX_ROUTES) {
                return overflow();
            }
            known = new CodedSeries<>();
            CodedSeries<RouteSeries> earlier = routes.putIfAbsent(route, known);
            known = earlier == null ? known : earlier;
        }
        HttpMethod method = served.method;
        GrpcStatus grpc = served.grpc;
        RequestClass kind = grpc == null ? RequestClass.of(method, route, did) : RequestClass.ofGrpc(route, did);
        int cache = did.cacheMisses() > 0 ? 2 : did.cacheHits() > 0 ? 1 : 0;
        long code = served.status;
        code = code * 32 + (grpc == null ? 0 : 1 + grpc.ordinal());
        code = code * 16 + method.ordinal();
        code = code * 2 + (served.secure ? 1 : 0);
        code = (code * 16 + kind.ordinal()) * 4 + cache;
        RouteSeries series = known.get(code);
        if (series == null) {
            series = new RouteSeries(recorder, attributes(route, served, kind, cache));
            known.put(code, series);
        }
        return series;
    }

    private RouteSeries overflow() {
        RouteSeries known = overflow;
        if (known == null) {
            known = new RouteSeries(recorder, Attributes.OVERFLOWN);
            overflow = known;
        }
        return known;
    }

    private static Attributes attributes(String route, Served served, RequestClass kind, int cache) {
        GrpcStatus grpc = served.grpc;
        Attributes attributes = Attributes.of(Attribute.HTTP_ROUTE, route)
                .with(Attribute.HTTP_METHOD, served.method.text())
                .with(Attribute.HTTP_STATUS, Integer.toString(served.status));
        attributes = grpc == null
                ? attributes.with(Attribute.URL_SCHEME, served.secure ? "https" : "http")
                : attributes.with(Attribute.RPC_STATUS, grpc.name());
        String name = kind.className();
        if (name != null) {
            attributes = attributes.with(Attribute.REQUEST_CLASS, name);
        }
        return cache == 0 ? attributes : attributes.with(Attribute.REQUEST_CACHE, cache == 1 ? "hit" : "miss");
    }
}
