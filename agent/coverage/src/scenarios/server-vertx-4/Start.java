import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** As it is since Vert.x 4. */
final class Start {
    private Start() {}

    static int listen(Vertx vertx, Router router) {
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    static void mount(Router router, Router mounted) {
        router.route("/*").subRouter(mounted);
    }

    /** Whatever runs on a request's context counts for it. */
    static boolean hasContexts() {
        return true;
    }
}
