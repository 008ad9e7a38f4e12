import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.websocket.javax.server.config.JavaxWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;

/** The endpoints. */
final class Sockets {
    private Sockets() {}

    static Handler served() {
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        JavaxWebSocketServletContainerInitializer.configure(context, (site, container) -> {
            container.addEndpoint(Echo.class);
            container.addEndpoint(Slow.class);
        });
        return context;
    }
}
