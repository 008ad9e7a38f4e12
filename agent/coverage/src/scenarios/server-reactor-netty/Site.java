import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty by itself. Its routes are predicates without a name. */
final class Site {
    private static DisposableServer server;

    private Site() {}

    static int start() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    switch (request.uri()) {
                        case "/hello":
                            return text(response.status("POST".equals(request.method().name()) ? 201 : 200), "hello");
                        case "/refuse":
                            return response.status(503).send();
                        case "/fail":
                            return Mono.error(new UnsupportedOperationException("asked for"));
                        case "/slow":
                            return Mono.fromRunnable(() -> Page.pause(200))
                                    .subscribeOn(Schedulers.boundedElastic())
                                    .then(Mono.from(text(response, "slow")));
                        case "/later":
                            return Mono.delay(Duration.ofMillis(200)).then(Mono.from(text(response, "later")));
                        case "/events":
                            return response.sse()
                                    .sendString(Flux.range(1, 3)
                                            .delayElements(Duration.ofMillis(30))
                                            .map(i -> "data: " + i + "\n\n"));
                        case "/endless":
                            return response
                                    .send(Flux.interval(Duration.ofMillis(1))
                                            .onBackpressureDrop()
                                            .map(i -> Unpooled.wrappedBuffer(Page.LINE))
                                            .doFinally(end -> Page.giveUp()), buffer -> true);
                        case "/work":
                            return Mono.fromCallable(Page::work)
                                    .subscribeOn(Schedulers.boundedElastic())
                                    .flatMap(done -> Mono.from(text(response, done)));
                        default:
                            return response.sendNotFound();
                    }
                })
                .bindNow();
        return server.port();
    }

    private static org.reactivestreams.Publisher<Void> text(HttpServerResponse response, String text) {
        return response.sendByteArray(Mono.just(text.getBytes(StandardCharsets.US_ASCII)));
    }

    static void stop() {
        server.disposeNow();
    }

    static String route(String page) {
        return "unmatched";
    }

    static int failStatus() {
        return 500;
    }

    static String failure() {
        return "java.lang.UnsupportedOperationException";
    }

    static int statements() {
        return Page.statements();
    }

    static void settled() {}
}
