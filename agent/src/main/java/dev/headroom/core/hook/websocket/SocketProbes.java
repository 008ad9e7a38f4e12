package dev.headroom.core.hook.websocket;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.lang.reflect.InvocationTargetException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The probes of a server's WebSockets, known by the library's session or what holds one. A client's sessions are none of them.
 * Thread-safe; a message allocates nothing.
 */
final class SocketProbes {
    private static final int MAX_SOCKETS = 50_000;
    private static final String ROUTELESS = "unmatched";
    private static final String JETTY = "org.eclipse.jetty.websocket.core.exception.";

    private final Recorder recorder;
    private final SocketRoutes routes;
    private final SocketUsers users;
    private final WeakIdentityMap<String> requested = new WeakIdentityMap<>(MAX_SOCKETS);
    private final WeakIdentityMap<Socket> open = new WeakIdentityMap<>(MAX_SOCKETS);
    private final Getter path = new Getter("getPath");
    private final Getter principal = new Getter("getUserPrincipal");
    private final Getter isOpen = new Getter("isOpen");

    private final PerThread<Handling> threads = new PerThread<Handling>() {
        @Override
        protected Handling initial() {
            return new Handling();
        }
    };

    /** Enter with what handles the upgrade, on the thread of the request that asks for it, and with the endpoint's description. */
    final Probe upgrading = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object upgrade, @Nullable Object endpoint, @Nullable Object b) {
            if (upgrade != null) {
                requested.put(upgrade, route(endpoint));
            }
            return null;
        }
    };

    /** Enter with what handled the upgrade and the session, whose endpoint knows it. */
    final Probe opened = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object upgrade, @Nullable Object session, @Nullable Object b) {
            String route = upgrade == null ? null : requested.remove(upgrade);
            if (route != null && session != null && isOpen.isTrue(session)) {
                open(route, session, session);
            }
            return null;
        }
    };

    /**
     * Enter with what messages will be known by, on the thread of the request that asks for the WebSocket, and with the side it is on or
     * what has a policy about that.
     */
    final Probe asked = new Probe() {
        private final Getter policy = new Getter("getPolicy");
        private final Getter behavior = new Getter("getBehavior");

        @Override
        public @Nullable Object enter(@Nullable Object socket, @Nullable Object side, @Nullable Object b) {
            Object known = side instanceof Enum ? side : behavior.of(policy.of(side));
            if (socket != null
                    && known instanceof Enum
                    && ((Enum<?>) known).name().equals("SERVER")) {
                requested.put(socket, route(null));
            }
            return null;
        }
    };

    /**
     * Enter with what messages will be known by, the session, not yet open, and the endpoint's description, if the session does not tell
     * it. A client's has no path.
     */
    final Probe opening = new Probe() {
        private final Getter configuration = new Getter("getEndpointConfig");

        @Override
        public @Nullable Object enter(@Nullable Object socket, @Nullable Object session, @Nullable Object endpoint) {
            if (socket != null && session != null) {
                Object known = endpoint == null ? configuration.of(session) : endpoint;
                String told = requested.remove(socket);
                boolean open = told == null || told.equals(ROUTELESS);
                String route = open && path.text(known) != null ? route(known) : told;
                if (route != null) {
                    open(route, socket, session);
                }
            }
            return null;
        }
    };

    /** Enter with what the messages were known by. */
    final Probe closed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object session, @Nullable Object a, @Nullable Object b) {
            Socket socket = session == null ? null : open.remove(session);
            if (socket != null && socket.user != null) {
                users.closed(socket.user);
            }
            return null;
        }
    };

    /** Enter with what the messages are known by, exit when the endpoint has handled this one. */
    final Probe message = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object session, @Nullable Object a, @Nullable Object b) {
            Socket socket = session == null ? null : open.get(session);
            if (socket == null) {
                return null;
            }
            Handling thread = threads.get();
            thread.error = null;
            thread.socket = socket;
            thread.startNanos = recorder.nanos();
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Handling thread = (Handling) token;
            Socket socket = thread.socket;
            thread.socket = null;
            if (socket != null) {
                String error = thread.error == null && thrown != null
                        ? thrown.getClass().getName()
                        : thread.error;
                socket.route.handled(Clock.elapsed(thread.startNanos, recorder.nanos()), error);
            }
        }
    };

    /** As {@link #message}, with a frame, second: only what ends a message is one. */
    final Probe frame = new Probe() {
        private final Getter last = new Getter("isFin");
        private final Getter data = new Getter("isDataFrame");

        @Override
        public @Nullable Object enter(@Nullable Object socket, @Nullable Object frame, @Nullable Object b) {
            return last.isTrue(frame) && data.isTrue(frame) ? message.enter(socket, null, null) : null;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            message.exit(token, result, thrown);
        }
    };

    /** Enter, second, with the exception that left the endpoint while it handled a message. */
    final Probe failed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object failure, @Nullable Object b) {
            Handling thread = threads.get();
            if (thread.socket != null && failure != null) {
                Object own = cause(failure);
                thread.error = own.getClass().getName();
            }
            return null;
        }
    };

    /** @param hook its name: when it is switched off, what is open is forgotten */
    SocketProbes(Recorder recorder, String hook) {
        this.recorder = recorder;
        routes = new SocketRoutes(recorder);
        users = new SocketUsers();
        recorder.gauges(sink -> {
            requested.purge();
            open.purge();
            routes.tell(open.values(), sink);
        });
        recorder.switches().whenOff(hook, new Runnable() {
            @Override
            public void run() {
                open.clear();
                users.clear();
            }
        });
    }

    /** The request's, when a framework told it: frameworks give the endpoint the raw path. Else what the endpoint is declared with. */
    private String route(@Nullable Object endpoint) {
        RequestScope request = CallStack.current().request();
        String told = request.active() ? request.route() : null;
        if (told != null) {
            return told;
        }
        boolean raw = endpoint == null || endpoint.getClass().getName().startsWith("org.springframework.");
        String declared = raw ? null : path.text(endpoint);
        return declared == null ? ROUTELESS : declared;
    }

    /** What the endpoint threw: reflection and Jetty wrap it. */
    private static Object cause(Object failure) {
        if (failure instanceof InvocationTargetException) {
            return ((InvocationTargetException) failure).getTargetException();
        }
        boolean wrapped =
                failure instanceof Throwable && failure.getClass().getName().startsWith(JETTY);
        Throwable cause = wrapped ? ((Throwable) failure).getCause() : null;
        return cause == null ? failure : cause;
    }

    /** @param key what messages are known by */
    private void open(String route, Object key, Object session) {
        Object known = principal.of(session);
        String user = known instanceof Principal ? ((Principal) known).getName() : null;
        Socket socket = new Socket(routes.of(route), user);
        if (open.putIfAbsent(key, socket) == socket && user != null) {
            socket.route.openedByUser(users.opened(user));
        }
    }

    /** One open connection. */
    static final class Socket {
        final SocketRoute route;
        final @Nullable String user;

        Socket(SocketRoute route, @Nullable String user) {
            this.route = route;
            this.user = user;
        }
    }

    /** The message that one thread handles. */
    private static final class Handling {
        @Nullable
        Socket socket;

        @Nullable
        String error;

        long startNanos;
    }
}
