package dev.headroom.harmless;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** gRPC within a process: calls of one and of many messages, refused, broken, unknown and cancelled ones. */
final class GrpcScenario implements EveryHook.Scenario {
    private static final String SERVICE = "shop.Orders";

    private static final MethodDescriptor<String, String> ONE = method("One", MethodType.UNARY);
    private static final MethodDescriptor<String, String> MANY = method("Many", MethodType.SERVER_STREAMING);
    private static final MethodDescriptor<String, String> REFUSE = method("Refuse", MethodType.UNARY);
    private static final MethodDescriptor<String, String> FAIL = method("Fail", MethodType.UNARY);
    private static final MethodDescriptor<String, String> NEVER = method("Never", MethodType.UNARY);
    private static final MethodDescriptor<String, String> UNKNOWN = method("Unknown", MethodType.UNARY);

    private CountDownLatch begun = new CountDownLatch(1);
    private CountDownLatch cancelled = new CountDownLatch(1);

    @Override
    public void play(Transcript transcript) throws Exception {
        String name = InProcessServerBuilder.generateName();
        Server server = InProcessServerBuilder.forName(name)
                .intercept(new Named())
                .addService(service())
                .build()
                .start();
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        for (int i = 0; i < EveryHook.TIMES; i++) {
            String number = "number " + i;
            transcript.tell("one", () -> ask(channel, ONE, number));
            transcript.tell("many", () -> all(channel, number));
            for (MethodDescriptor<String, String> failing : List.of(REFUSE, FAIL, UNKNOWN)) {
                transcript.tell(failing.getFullMethodName(), () -> ask(channel, failing, number));
            }
            transcript.tell("cancelled", () -> cancel(channel));
        }
        channel.shutdownNow();
        server.shutdown();
        transcript.tell("ended", () -> server.awaitTermination(20, TimeUnit.SECONDS));
    }

    private static String ask(Channel channel, MethodDescriptor<String, String> method, String text) {
        try {
            return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, text);
        } catch (StatusRuntimeException failed) {
            return failed.toString();
        }
    }

    private static String all(Channel channel, String text) {
        Iterator<String> answers = ClientCalls.blockingServerStreamingCall(channel, MANY, CallOptions.DEFAULT, text);
        StringBuilder all = new StringBuilder();
        answers.forEachRemaining(each -> all.append(each).append(", "));
        return all.toString();
    }

    private String cancel(Channel channel) throws InterruptedException {
        begun = new CountDownLatch(1);
        cancelled = new CountDownLatch(1);
        ClientCall<String, String> call = channel.newCall(NEVER, CallOptions.DEFAULT);
        CountDownLatch closed = new CountDownLatch(1);
        Status[] status = new Status[1];
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status told, Metadata trailers) {
                        status[0] = told;
                        closed.countDown();
                    }
                },
                new Metadata());
        call.sendMessage("wait");
        call.halfClose();
        begun.await(20, TimeUnit.SECONDS);
        call.cancel("no more", null);
        return cancelled.await(20, TimeUnit.SECONDS) + " " + closed.await(20, TimeUnit.SECONDS) + " " + status[0];
    }

    private ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(ONE, ServerCalls.asyncUnaryCall(GrpcScenario::echo))
                .addMethod(MANY, ServerCalls.asyncServerStreamingCall((asked, answers) -> {
                    answers.onNext(asked);
                    echo(asked, answers);
                }))
                .addMethod(
                        REFUSE,
                        ServerCalls.asyncUnaryCall((asked, answers) -> answers.onError(
                                Status.UNAVAILABLE.withDescription("closed").asRuntimeException())))
                .addMethod(FAIL, ServerCalls.asyncUnaryCall((asked, answers) -> {
                    throw ServerScenario.failure();
                }))
                .addMethod(NEVER, ServerCalls.asyncUnaryCall((asked, answers) -> {
                    ((ServerCallStreamObserver<String>) answers).setOnCancelHandler(() -> cancelled.countDown());
                    begun.countDown();
                }))
                .build();
    }

    private static void echo(String asked, StreamObserver<String> answers) {
        answers.onNext("echo of " + asked);
        answers.onCompleted();
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    /** An interceptor as applications have them, with a context of its own. */
    private static final class Named implements ServerInterceptor {
        private static final Context.Key<String> NAME = Context.key("name");

        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            return Contexts.interceptCall(Context.current().withValue(NAME, "somebody"), call, headers, next);
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
