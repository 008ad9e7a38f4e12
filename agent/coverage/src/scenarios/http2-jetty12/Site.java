import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Servlets in Jetty, which speaks HTTP/2 without TLS. */
final class Site {
    private static final Server SERVER = new Server();

    private Site() {}

    static int start() throws Exception {
        HttpConfiguration configuration = new HttpConfiguration();
        ServerConnector connector = new ServerConnector(
                SERVER, new HttpConnectionFactory(configuration), new HTTP2CServerConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        SERVER.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        ServletHolder pages = new ServletHolder(new Pages());
        for (String path : Pages.PATHS) {
            context.addServlet(pages, path);
        }
        SERVER.setHandler(context);
        SERVER.start();
        return connector.getLocalPort();
    }

    static void stop() throws Exception {
        SERVER.stop();
    }
}
