import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;

/** Over what gRPC made of OkHttp. */
final class Transport {
    private Transport() {}

    static ManagedChannel channel(int port) {
        return OkHttpChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    }
}
