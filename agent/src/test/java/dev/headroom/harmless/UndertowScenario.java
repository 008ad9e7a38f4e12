package dev.headroom.harmless;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.net.InetSocketAddress;

/** Undertow without servlets. */
final class UndertowScenario extends ServerScenario {
    private Undertow server;

    @Override
    int start() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setWorkerThreads(2)
                .setIoThreads(2)
                .setHandler(UndertowScenario::serve)
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private static void serve(HttpServerExchange exchange) {
        switch (exchange.getRequestPath()) {
            case HELLO ->
                exchange.getRequestReceiver()
                        .receiveFullString(
                                (asked, body) -> asked.getResponseSender().send(asked.getRequestMethod() + " " + body));
            case REFUSE -> exchange.setStatusCode(503).endExchange();
            case FAIL -> throw failure();
            case LATER -> exchange.dispatch(() -> exchange.getResponseSender().send("later"));
            default -> exchange.setStatusCode(404).endExchange();
        }
    }

    @Override
    void stop() {
        server.stop();
    }
}
