package dev.headroom.core.hook.httpserver;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/** A Tomcat of any version with plain servlets and Spring MVC. Names no servlet type, since their package changed. */
public final class EmbeddedTomcat implements Callable<Integer>, AutoCloseable {
    private final Tomcat tomcat = new Tomcat();
    private final String servlet;

    /** @param servlet class name of the plain servlet, javax or jakarta */
    public EmbeddedTomcat(String servlet) {
        this.servlet = servlet;
    }

    /** Starts and returns the port. */
    @Override
    public Integer call() throws Exception {
        // A JVM takes one factory for URLs; several Tomcats live in this one.
        TomcatURLStreamHandlerFactory.disable();
        String folder = Files.createTempDirectory("tomcat").toString();
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder);
        context.setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
        Wrapper plain = tomcat.addServlet("", "plain", servlet);
        plain.setAsyncSupported(true);
        plain.addMapping("/plain");
        plain.addMapping("/files/*");
        plain.addMapping("*.do");
        Wrapper spring = tomcat.addServlet("", "spring", "org.springframework.web.servlet.DispatcherServlet");
        spring.addInitParameter(
                "contextClass", "org.springframework.web.context.support.AnnotationConfigWebApplicationContext");
        spring.addInitParameter("contextConfigLocation", PetController.Configured.class.getName());
        spring.setLoadOnStartup(1);
        spring.addMapping("/");
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
