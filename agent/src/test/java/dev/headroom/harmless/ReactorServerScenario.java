package dev.headroom.harmless;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty by itself. */
final class ReactorServerScenario extends ServerScenario {
    private DisposableServer server;

    @Override
    int start() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(ReactorServerScenario::serve)
                .bindNow();
        return server.port();
    }

    private static Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        return switch (request.uri()) {
            case HELLO ->
                request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMap(body -> Mono.from(
                                response.sendString(Mono.just(request.method().name() + " " + body))));
            case REFUSE -> response.status(503).send();
            case FAIL -> Mono.error(failure());
            case LATER ->
                response.sendString(Mono.fromCallable(() -> "later").subscribeOn(Schedulers.boundedElastic()));
            default -> response.sendNotFound();
        };
    }

    @Override
    void stop() {
        server.disposeNow();
    }
}
