import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.concurrent.CompletableFuture;

/** As it was in Vert.x 3. */
final class Start {
    private Start() {}

    static int listen(Vertx vertx, Router router) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1", started -> port.complete(started.result().actualPort()));
        return port.join();
    }

    static void mount(Router router, Router mounted) {
        router.mountSubRouter("/", mounted);
    }

    /** Its requests have no context of their own: what runs later on the event loop counts for none. */
    static boolean hasContexts() {
        return false;
    }
}
