import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty by itself. */
final class Site {
    private static DisposableServer server;

    private Site() {}

    static int start() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    switch (request.uri()) {
                        case "/empty":
                            return response.status(204).send();
                        case "/pieces":
                            return response.send(
                                    Flux.range(0, 3).map(i -> Unpooled.wrappedBuffer(Page.LINE)), buffer -> true);
                        case "/cacheable":
                            return text(response.header("Cache-Control", "public, max-age=60"), "for all");
                        default:
                            return text(response, "for one");
                    }
                })
                .bindNow();
        return server.port();
    }

    private static Publisher<Void> text(HttpServerResponse response, String text) {
        return response.sendByteArray(Mono.just(text.getBytes(StandardCharsets.US_ASCII)));
    }

    static void stop() {
        server.disposeNow();
    }
}
