import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;

/** The endpoints. */
final class Sockets {
    private Sockets() {}

    static Handler served() {
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        JakartaWebSocketServletContainerInitializer.configure(context, (site, container) -> {
            container.addEndpoint(Echo.class);
            container.addEndpoint(Slow.class);
        });
        return context;
    }
}
