import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** JAX-RS as a servlet of Tomcat's. */
final class Site {
    private static final Tomcat TOMCAT = new Tomcat();

    private Site() {}

    static int start() throws Exception {
        String folder = Files.createTempDirectory("tomcat").toString();
        TOMCAT.setBaseDir(folder);
        TOMCAT.setPort(0);
        TOMCAT.getConnector().setProperty("address", "127.0.0.1");
        Context context = TOMCAT.addContext("/shop", folder);
        Wrapper servlet = Tomcat.addServlet(context, "api", System.getProperty("jaxrs.servlet"));
        servlet.addInitParameter(System.getProperty("jaxrs.package") + ".Application", Shop.class.getName());
        servlet.addInitParameter("resteasy.servlet.mapping.prefix", "/api");
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/api/*");
        TOMCAT.start();
        return TOMCAT.getConnector().getLocalPort();
    }

    static void stop() throws Exception {
        TOMCAT.stop();
    }
}
