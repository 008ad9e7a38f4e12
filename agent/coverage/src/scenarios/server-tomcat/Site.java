import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Servlets in Tomcat. */
final class Site {
    private static final Tomcat TOMCAT = new Tomcat();

    private Site() {}

    static int start() throws Exception {
        String folder = Files.createTempDirectory("tomcat").toString();
        TOMCAT.setBaseDir(folder);
        // Tomcat 7 would take its blocking connector.
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        TOMCAT.getService().addConnector(connector);
        TOMCAT.setConnector(connector);
        Context context = TOMCAT.addContext("", folder);
        Wrapper pages = Tomcat.addServlet(context, "pages", new Pages());
        pages.setAsyncSupported(true);
        for (String path : Pages.PATHS) {
            pages.addMapping(path);
        }
        TOMCAT.start();
        return connector.getLocalPort();
    }

    static void stop() throws Exception {
        TOMCAT.stop();
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
