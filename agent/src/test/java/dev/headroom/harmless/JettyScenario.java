package dev.headroom.harmless;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Servlets of package jakarta in Jetty 12. */
final class JettyScenario extends ServerScenario {
    private Server server;

    @Override
    int start() throws Exception {
        server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/");
        ServletHolder pages = new ServletHolder(new Pages());
        pages.setAsyncSupported(true);
        for (String path : new String[] {HELLO, REFUSE, FAIL, LATER}) {
            context.addServlet(pages, path);
        }
        server.setHandler(context);
        server.start();
        return connector.getLocalPort();
    }

    @Override
    void stop() throws Exception {
        server.stop();
    }

    /** All pages in one servlet. */
    private static final class Pages extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getServletPath()) {
                case REFUSE -> response.sendError(503);
                case FAIL -> throw failure();
                case LATER -> {
                    AsyncContext later = request.startAsync();
                    new Thread(() -> complete(later)).start();
                }
                default -> {
                    String body = new String(request.getInputStream().readAllBytes());
                    response.getWriter().print(request.getMethod() + " " + body);
                }
            }
        }

        private static void complete(AsyncContext later) {
            try {
                later.getResponse().getWriter().print("later");
            } catch (IOException gone) {
                throw new IllegalStateException(gone);
            } finally {
                later.complete();
            }
        }
    }
}
