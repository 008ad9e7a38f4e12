package dev.headroom.core.hook.websocket;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/** The routes of WebSockets, at most {@link #MAX_ROUTES}; all others are one, in the overflow series. Thread-safe. */
final class SocketRoutes {
    private static final int MAX_ROUTES = 200;

    private final Recorder recorder;
    private final SocketRoute overflow;
    private final ConcurrentHashMap<String, SocketRoute> routes = new ConcurrentHashMap<>();

    SocketRoutes(Recorder recorder) {
        this.recorder = recorder;
        overflow = new SocketRoute(recorder, Attributes.OVERFLOWN);
    }

    SocketRoute of(String route) {
        SocketRoute known = routes.get(route);
        if (known == null && routes.size() < MAX_ROUTES) {
            SocketRoute made = new SocketRoute(recorder, Attributes.of(Attribute.HTTP_ROUTE, route));
            known = routes.putIfAbsent(route, made);
            known = known == null ? made : known;
        }
        return known == null ? overflow : known;
    }

    /** Counts what is open by route; a route that had connections is told of with 0. */
    void tell(Collection<SocketProbes.Socket> open, Gauges.Sink sink) {
        for (SocketRoute route : routes.values()) {
            route.connections = 0;
        }
        overflow.connections = 0;
        for (SocketProbes.Socket socket : open) {
            socket.route.connections++;
        }
        for (SocketRoute route : routes.values()) {
            sink.value(Metric.WEBSOCKET_CONNECTIONS, route.attributes, route.connections);
        }
        if (overflow.connections > 0) {
            sink.value(Metric.WEBSOCKET_CONNECTIONS, overflow.attributes, overflow.connections);
        }
    }
}
