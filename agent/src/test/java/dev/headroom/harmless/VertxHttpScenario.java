package dev.headroom.harmless;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Vert.x' server with its router. */
final class VertxHttpScenario extends ServerScenario {
    private final Vertx vertx = Vertx.vertx();

    @Override
    int start() {
        Router router = Router.router(vertx);
        router.route(HELLO).handler(VertxHttpScenario::hello);
        router.route(REFUSE)
                .handler(asked -> asked.response().setStatusCode(503).end());
        router.route(FAIL).handler(asked -> {
            throw failure();
        });
        router.route(LATER).blockingHandler(asked -> asked.response().end("later"));
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        return server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static void hello(RoutingContext asked) {
        asked.request()
                .body()
                .onSuccess(body -> asked.response().end(asked.request().method().name() + " " + body));
    }

    @Override
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
