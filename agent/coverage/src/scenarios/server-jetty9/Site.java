import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Servlets in Jetty. */
final class Site {
    private static final Server SERVER = new Server();

    private Site() {}

    static int start() throws Exception {
        ServerConnector connector = new ServerConnector(SERVER);
        connector.setHost("127.0.0.1");
        SERVER.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        ServletHolder pages = new ServletHolder(new Pages());
        pages.setAsyncSupported(true);
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

    static String route(String page) {
        return page.startsWith("/nothing") ? "unmatched" : page;
    }

    static int failStatus() {
        return 500;
    }

    static String failure() {
        return "java.lang.UnsupportedOperationException";
    }

    static int statements() {
        return Page.statements();
    }

    static void settled() {}
}
