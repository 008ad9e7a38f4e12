import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** WebSockets in Tomcat; users are who they say. */
final class Site {
    private static final Tomcat TOMCAT = new Tomcat();
    private static final Semaphore CLOSED = new Semaphore(0);

    private Site() {}

    static int start() throws Exception {
        String folder = Files.createTempDirectory("tomcat").toString();
        TOMCAT.setBaseDir(folder);
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        TOMCAT.getService().addConnector(connector);
        TOMCAT.setConnector(connector);
        Context context = TOMCAT.addContext("", folder);
        Tomcat.addServlet(context, "files", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMappingDecoded("/", "files");
        context.addServletContainerInitializer(new WsSci(), new LinkedHashSet<>(Set.of(Echo.class, Slow.class)));
        context.getPipeline().addValve(new Users());
        TOMCAT.start();
        return connector.getLocalPort();
    }

    static void closed() {
        CLOSED.release();
    }

    /** Until so many were closed since the start. */
    static void awaitClosed(int number) throws InterruptedException {
        CLOSED.acquire(number);
        CLOSED.release(number);
    }

    static void stop() throws Exception {
        TOMCAT.stop();
    }
}
