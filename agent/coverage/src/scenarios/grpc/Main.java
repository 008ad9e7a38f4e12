import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Both ends of gRPC in one JVM: unary and streaming calls, refused, broken, late, cancelled and unknown ones; {@code Transport} connects. */
public final class Main {
    private static final String SERVED = "http.server.request.duration";
    private static final String CALLED = "http.client.request.duration";
    private static final String STATEMENTS = "headroom.request.db.calls";
    private static final int TIMES = 3;
    private static final int SLOW = 15;

    private static ManagedChannel channel;
    private static int port;
    private static int served;
    private static int called;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Orders orders = new Orders();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(orders)
                .intercept(orders)
                .build()
                .start();
        port = server.getPort();
        channel = Transport.channel(port);
        for (int i = 0; i < TIMES; i++) {
            System.out.println(ask(Orders.GET, CallOptions.DEFAULT));
            System.out.println(list());
            System.out.println(stream(Orders.ADD));
            System.out.println(stream(Orders.TALK));
            for (MethodDescriptor<String, String> failing :
                    List.of(Orders.MISS, Orders.REFUSE, Orders.BREAK, Orders.UNKNOWN)) {
                System.out.println(ask(failing, CallOptions.DEFAULT));
            }
        }
        answered(Orders.GET, 3);
        answered(Orders.LIST, 4);
        answered(Orders.ADD, 3);
        answered(Orders.TALK, 3);
        failed(Orders.MISS, "NOT_FOUND", 404, "");
        failed(Orders.REFUSE, "UNAVAILABLE", 503, "UNAVAILABLE");
        failed(Orders.BREAK, "UNKNOWN", 500, "java.lang.UnsupportedOperationException");
        failed(Orders.UNKNOWN, "UNIMPLEMENTED", 501, "UNIMPLEMENTED");
        cancel(orders);
        late(orders);
        slow();
        nowhere();
        channel.shutdown();
        server.shutdown();
        System.out.println("ended " + server.awaitTermination(20, TimeUnit.SECONDS));
        orders.stop();
        Expect.count(SERVED, served);
        Expect.count(CALLED, called);
        Expect.awaitExport();
        System.exit(0);
    }

    private static String ask(MethodDescriptor<String, String> method, CallOptions options) {
        try {
            return ClientCalls.blockingUnaryCall(channel, method, options, "asked");
        } catch (StatusRuntimeException failed) {
            return method.getFullMethodName() + " " + failed.getStatus().getCode();
        }
    }

    private static String list() {
        Iterator<String> answers =
                ClientCalls.blockingServerStreamingCall(channel, Orders.LIST, CallOptions.DEFAULT, "asked");
        StringBuilder all = new StringBuilder();
        answers.forEachRemaining(each -> all.append(each).append(", "));
        return all.toString();
    }

    /** Two messages out; whatever comes back, in one line. */
    private static String stream(MethodDescriptor<String, String> method) throws Exception {
        CompletableFuture<String> whole = new CompletableFuture<>();
        StreamObserver<String> answers = new StreamObserver<>() {
            private final StringBuilder all = new StringBuilder();

            @Override
            public void onNext(String answer) {
                all.append(answer).append(", ");
            }

            @Override
            public void onError(Throwable failure) {
                whole.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                whole.complete(all.toString());
            }
        };
        ClientCall<String, String> call = channel.newCall(method, CallOptions.DEFAULT);
        StreamObserver<String> questions = method == Orders.ADD
                ? ClientCalls.asyncClientStreamingCall(call, answers)
                : ClientCalls.asyncBidiStreamingCall(call, answers);
        questions.onNext("one");
        questions.onNext("two");
        questions.onCompleted();
        return whole.get(20, TimeUnit.SECONDS);
    }

    /** @param statements of each call, the interceptor's included, on whatever thread */
    private static void answered(MethodDescriptor<String, String> method, int statements) {
        String name = method.getFullMethodName();
        served(TIMES, name, 200, "OK", "");
        called(TIMES, name, "200", "");
        Expect.count(STATEMENTS, TIMES, "http.route=" + name);
        Expect.sum(STATEMENTS, TIMES * statements, "http.route=" + name);
    }

    private static void failed(MethodDescriptor<String, String> method, String code, int status, String error) {
        String name = method.getFullMethodName();
        served(TIMES, code.equals("UNIMPLEMENTED") ? "unmatched" : name, status, code, error);
        called(TIMES, name, "", code);
    }

    private static void served(int count, String route, int status, String code, String error) {
        served += count;
        Expect.count(
                SERVED,
                count,
                "http.request.method=POST",
                "http.route=" + route,
                "http.response.status_code=" + status,
                "rpc.response.status_code=" + code,
                "error.type=" + error,
                "url.scheme=");
    }

    private static void called(int count, String method, String status, String error) {
        called += count;
        Expect.count(
                CALLED,
                count,
                "http.request.method=POST",
                "server.address=localhost",
                "server.port=" + port,
                "url.template=" + method,
                "http.response.status_code=" + status,
                "error.type=" + error);
    }

    private static void cancel(Orders orders) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            orders.never = new CountDownLatch(2);
            CompletableFuture<Status> closed = new CompletableFuture<>();
            ClientCall<String, String> call = channel.newCall(Orders.NEVER, CallOptions.DEFAULT);
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            closed.complete(status);
                        }
                    },
                    new Metadata());
            call.request(1);
            call.sendMessage("wait");
            call.halfClose();
            while (orders.never.getCount() == 2) {
                Thread.onSpinWait();
            }
            call.cancel("no more", null);
            System.out.println("cancelled " + closed.get(20, TimeUnit.SECONDS).getCode() + " "
                    + orders.never.await(20, TimeUnit.SECONDS));
        }
        served(TIMES, Orders.NEVER.getFullMethodName(), 499, "CANCELLED", "aborted");
        called(TIMES, Orders.NEVER.getFullMethodName(), "", "CANCELLED");
    }

    /** Whether the server or its client notices a deadline first is chance: a failure of the server's, or given up. */
    private static void late(Orders orders) throws Exception {
        orders.never = new CountDownLatch(2);
        System.out.println(ask(Orders.LATE, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS)));
        System.out.println("noticed " + orders.never.await(20, TimeUnit.SECONDS));
        called(1, Orders.LATE.getFullMethodName(), "", "DEADLINE_EXCEEDED");
        served++;
        Expect.count(SERVED, 1, "http.route=" + Orders.LATE.getFullMethodName());
    }

    private static void slow() {
        long[] seenNanos = new long[SLOW];
        for (int i = 0; i < SLOW; i++) {
            long begin = System.nanoTime();
            ask(Orders.SLOW, CallOptions.DEFAULT);
            seenNanos[i] = System.nanoTime() - begin;
        }
        String name = Orders.SLOW.getFullMethodName();
        served(SLOW, name, 200, "OK", "");
        called(SLOW, name, "200", "");
        Expect.slow(CALLED, seenNanos, "url.template=" + name);
        Arrays.sort(seenNanos);
        double waited = Math.max(seenNanos[SLOW / 2] / 1e9, 0.2);
        double middle = (0.2 + waited) / 2; // not shorter than the handler takes, not longer than its client waited, each by 3 %
        Expect.p50Within(SERVED, middle, (waited - 0.2) / 2 / middle + 0.03, "http.route=" + name);
    }

    private static void nowhere() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        ManagedChannel none = Transport.channel(free);
        try {
            ClientCalls.blockingUnaryCall(none, Orders.GET, CallOptions.DEFAULT, "asked");
        } catch (StatusRuntimeException failed) {
            System.out.println("nowhere " + failed.getStatus().getCode());
        }
        none.shutdownNow();
        called++;
        Expect.count(CALLED, 1, "server.port=" + free, "error.type=UNAVAILABLE", "http.response.status_code=");
    }
}
