import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A service without generated code, and an interceptor that asks the database once for every call but those that never end. */
final class Orders implements BindableService, ServerInterceptor {
    static final String SERVICE = "shop.Orders";
    static final MethodDescriptor<String, String> GET = method("Get", MethodType.UNARY);
    static final MethodDescriptor<String, String> LIST = method("List", MethodType.SERVER_STREAMING);
    static final MethodDescriptor<String, String> ADD = method("Add", MethodType.CLIENT_STREAMING);
    static final MethodDescriptor<String, String> TALK = method("Talk", MethodType.BIDI_STREAMING);
    static final MethodDescriptor<String, String> MISS = method("Miss", MethodType.UNARY);
    static final MethodDescriptor<String, String> REFUSE = method("Refuse", MethodType.UNARY);
    static final MethodDescriptor<String, String> BREAK = method("Break", MethodType.UNARY);
    static final MethodDescriptor<String, String> SLOW = method("Slow", MethodType.UNARY);
    static final MethodDescriptor<String, String> NEVER = method("Never", MethodType.UNARY);
    static final MethodDescriptor<String, String> LATE = method("Late", MethodType.UNARY);
    static final MethodDescriptor<String, String> UNKNOWN = method("Unknown", MethodType.UNARY);

    private static final Context.Key<String> USER = Context.key("user");

    private final ExecutorService workers = Executors.newFixedThreadPool(2);

    /** Counted down when a call that never ends has begun, and again when its client gave up. */
    volatile CountDownLatch never = new CountDownLatch(2);

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        if (call.getMethodDescriptor() != NEVER && call.getMethodDescriptor() != LATE) {
            ask(0);
        }
        return Contexts.interceptCall(Context.current().withValue(USER, "somebody"), call, headers, next);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(GET, ServerCalls.asyncUnaryCall((asked, answers) -> {
                    ask(1);
                    tell(answers, "order " + ask(2) + " of " + USER.get());
                }))
                .addMethod(LIST, ServerCalls.asyncServerStreamingCall((asked, answers) -> workers.execute(() -> {
                    answers.onNext("first " + ask(1));
                    answers.onNext("second " + ask(2));
                    tell(answers, "third " + ask(3));
                })))
                .addMethod(ADD, ServerCalls.asyncClientStreamingCall(answers -> new Each(answers, false)))
                .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(answers -> new Each(answers, true)))
                .addMethod(MISS, ServerCalls.asyncUnaryCall((asked, answers) ->
                        answers.onError(Status.NOT_FOUND.withDescription("no such order").asRuntimeException())))
                .addMethod(REFUSE, ServerCalls.asyncUnaryCall((asked, answers) ->
                        answers.onError(Status.UNAVAILABLE.withDescription("closed").asRuntimeException())))
                .addMethod(BREAK, ServerCalls.asyncUnaryCall((asked, answers) -> {
                    throw new UnsupportedOperationException("asked for");
                }))
                .addMethod(SLOW, ServerCalls.asyncUnaryCall((asked, answers) -> {
                    pause();
                    tell(answers, "slow");
                }))
                .addMethod(NEVER, ServerCalls.asyncUnaryCall((asked, answers) -> never(answers)))
                .addMethod(LATE, ServerCalls.asyncUnaryCall((asked, answers) -> never(answers)))
                .build();
    }

    private void never(StreamObserver<String> answers) {
        ((ServerCallStreamObserver<String>) answers).setOnCancelHandler(() -> never.countDown());
        never.countDown();
    }

    void stop() {
        workers.shutdown();
    }

    private static void tell(StreamObserver<String> answers, String text) {
        answers.onNext(text);
        answers.onCompleted();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static int ask(int number) {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:orders");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + number)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    /** Asks the database once for each message. */
    private static final class Each implements StreamObserver<String> {
        private final StreamObserver<String> answers;
        private final boolean echo;
        private int messages;

        Each(StreamObserver<String> answers, boolean echo) {
            this.answers = answers;
            this.echo = echo;
        }

        @Override
        public void onNext(String message) {
            messages += ask(1);
            if (echo) {
                answers.onNext("echo of " + message);
            }
        }

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {
            tell(answers, messages + " messages");
        }
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
