import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Vert.x' server with a router, a second one mounted in it, and a handler in front of all routes. */
final class Site {
    private static final Vertx VERTX = Vertx.vertx();

    private Site() {}

    static int start() {
        Router router = Router.router(VERTX);
        router.route().handler(RoutingContext::next);
        router.route("/hello").handler(asked -> asked.response()
                .setStatusCode(asked.request().method().name().equals("POST") ? 201 : 200)
                .end("hello"));
        router.route("/refuse").handler(asked -> asked.response().setStatusCode(503).end());
        router.route("/fail").handler(asked -> {
            throw new UnsupportedOperationException("asked for");
        });
        router.route("/slow").blockingHandler(asked -> {
            Page.pause(200);
            asked.response().end("slow");
        });
        router.route("/events").handler(asked -> events(asked.response().setChunked(true)));
        router.route("/endless").handler(asked -> endless(asked.response().setChunked(true)));
        router.route("/work").blockingHandler(asked -> {
            asked.put("done", Page.work());
            asked.next();
        });
        router.route("/work").handler(asked -> VERTX.getOrCreateContext().runOnContext(later -> {
            Page.ask(9);
            asked.response().end(asked.<String>get("done"));
        }));
        Router paces = Router.router(VERTX);
        paces.route("/:pace").handler(asked -> {
            if (asked.pathParam("pace").equals("later")) {
                VERTX.setTimer(200, tick -> asked.response().end("later"));
            } else {
                asked.next();
            }
        });
        Start.mount(router, paces);
        return Start.listen(VERTX, router);
    }

    private static void events(HttpServerResponse response) {
        AtomicInteger number = new AtomicInteger();
        VERTX.setPeriodic(30, tick -> {
            response.write("data: " + number.incrementAndGet() + "\n\n");
            if (number.get() == 3) {
                VERTX.cancelTimer(tick);
                response.end();
            }
        });
    }

    private static void endless(HttpServerResponse response) {
        long timer = VERTX.setPeriodic(1, tick -> {
            if (!response.closed() && !response.writeQueueFull()) {
                response.write(new String(Page.LINE));
            }
        });
        response.exceptionHandler(gone -> {});
        response.closeHandler(gone -> {
            VERTX.cancelTimer(timer);
            Page.giveUp();
        });
    }

    static void stop() {
        VERTX.close();
    }

    static String route(String page) {
        switch (page) {
            case "/later":
                return "/:pace";
            case "/nothing/here":
                return "unmatched";
            default:
                return page;
        }
    }

    static int failStatus() {
        return 500;
    }

    static String failure() {
        return "java.lang.UnsupportedOperationException";
    }

    static int statements() {
        return Page.statements() + (Start.hasContexts() ? 1 : 0);
    }

    static void settled() {}
}
