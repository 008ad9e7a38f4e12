import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** Servlets in Tomcat, which speaks HTTP/2 without TLS. */
final class Site {
    private static final Tomcat TOMCAT = new Tomcat();

    private Site() {}

    static int start() throws Exception {
        String folder = Files.createTempDirectory("tomcat").toString();
        TOMCAT.setBaseDir(folder);
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.addUpgradeProtocol(new Http2Protocol());
        TOMCAT.getService().addConnector(connector);
        TOMCAT.setConnector(connector);
        Context context = TOMCAT.addContext("", folder);
        Wrapper pages = Tomcat.addServlet(context, "pages", new Pages());
        for (String path : Pages.PATHS) {
            pages.addMapping(path);
        }
        TOMCAT.start();
        return connector.getLocalPort();
    }

    static void stop() throws Exception {
        TOMCAT.stop();
    }
}
