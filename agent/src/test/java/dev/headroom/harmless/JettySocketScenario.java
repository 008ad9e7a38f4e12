package dev.headroom.harmless;

import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Locale;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** WebSockets of package jakarta on Jetty 12. */
final class JettySocketScenario implements EveryHook.Scenario {
    /** What is asked, as {@link SocketScript.Echo}. */
    @ServerEndpoint("/echo/{room}")
    public static class Echo {
        @OnMessage
        public String text(String text) {
            if (text.equals("fail")) {
                throw new IllegalStateException("asked for");
            }
            return text.toUpperCase(Locale.ROOT);
        }

        @OnMessage
        public byte[] bytes(byte[] bytes) {
            return bytes;
        }

        @OnError
        public void failed(Throwable failure) {
            // what the client sees of it is in the transcript
        }
    }

    @Override
    public void play(Transcript transcript) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (site, container) -> container.addEndpoint(Echo.class));
        server.setHandler(context);
        server.start();
        try {
            SocketScript.play(transcript, connector.getLocalPort(), true);
        } finally {
            server.stop();
        }
    }
}
