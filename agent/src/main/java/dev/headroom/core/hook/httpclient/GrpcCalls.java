package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * The probes of gRPC's client. Its call object stands for the call; which server it is for only the channel knows, so the first call of
 * a channel tells it of the object that all of them share. Thread-safe; allocates nothing in steady state.
 */
final class GrpcCalls {
    private static final int MAX_CHANNELS = 10_000;
    private static final int ANSWERED = 200;
    private static final int MAX_PORT = 65_535;
    private static final String POST = "POST";
    private static final String OK = "OK";

    private final ClientCalls calls;
    private final WeakIdentityMap<Server> servers = new WeakIdentityMap<>(MAX_CHANNELS);

    private final PerThread<Asking> threads = new PerThread<Asking>() {
        @Override
        protected Asking initial() {
            return new Asking();
        }
    };

    /** Enter with a channel and its server's name; exit when it has made its call. */
    final Probe asked = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object channel, @Nullable Object authority, @Nullable Object b) {
            Asking asking = threads.get();
            asking.authority = (String) authority;
            return asking;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Asking) token).authority = null;
        }
    };

    /** Enter with a call and what the channel's calls share. */
    final Probe made = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object call, @Nullable Object shared, @Nullable Object b) {
            String authority = threads.get().authority;
            if (authority != null && shared != null && servers.get(shared) == null) {
                servers.put(shared, new Server(authority));
            }
            return null;
        }
    };

    /** Enter with the same and the method's full name; exit with the call when it could not be started. */
    final Probe started = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object call, @Nullable Object shared, @Nullable Object method) {
            Server server = shared == null ? null : servers.get(shared);
            if (server == null || call == null || ClientCalls.nested()) {
                return null;
            }
            OpenCall open = calls.begin(call, server.host, POST);
            if (open == null) {
                return null;
            }
            open.peer(OpenCall.PEER | server.port);
            calls.template(call, (String) method);
            return call;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            calls.end(token, ClientCalls.errorType(thrown));
        }
    };

    /** Enter with the call whose reply has begun, which HTTP calls a 200 whatever becomes of it. */
    final Probe answered = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object call, @Nullable Object a, @Nullable Object b) {
            if (call != null) {
                calls.headers(call, ANSWERED);
            }
            return null;
        }
    };

    /** Enter with the call that is over and its status. */
    final Probe closed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object call, @Nullable Object status, @Nullable Object b) {
            if (call != null) {
                calls.end(call, OK.equals(status) ? null : (String) status);
            }
            return null;
        }
    };

    GrpcCalls(ClientCalls calls, Recorder recorder) {
        this.calls = calls;
        recorder.gauges(sink -> servers.purge());
    }

    /** What one thread's channel is making a call to. */
    private static final class Asking {
        private @Nullable String authority;
    }

    /** Who is called: "host", "host:port" or "[address]:port". Immutable. */
    static final class Server {
        final String host;

        /** 0: not told. */
        final int port;

        Server(String authority) {
            int colon = authority.lastIndexOf(':');
            int told = colon < 0 ? 0 : number(authority, colon + 1);
            host = told == 0 ? authority : authority.substring(0, colon);
            port = told;
        }

        /** 0 when the rest is no port. */
        private static int number(String authority, int from) {
            int number = 0;
            for (int i = from; i < authority.length(); i++) {
                char digit = authority.charAt(i);
                if (digit < '0' || digit > '9' || number > MAX_PORT) {
                    return 0;
                }
                number = number * 10 + digit - '0';
            }
            return number > MAX_PORT ? 0 : number;
        }
    }
}
