package dev.headroom.range;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.AccessLog;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;

/** Tomcat on a free port of the loopback address, with one servlet under {@code /goods}. */
final class WebServer implements AutoCloseable {
    private static final long MOST_SECONDS = 60;

    private final Tomcat tomcat = new Tomcat();
    private final AtomicInteger answered = new AtomicInteger();

    WebServer() throws IOException, LifecycleException {
        String folder = Files.createTempDirectory("range").toString();
        tomcat.setBaseDir(folder);
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder);
        Tomcat.addServlet(context, "goods", new Goods()).setAsyncSupported(true);
        context.addServletMappingDecoded("/goods", "goods");
        context.getPipeline().addValve(new Answered());
        // Tomcat 9 would look into the JDK by reflection when it stops, of which Java 11 warns.
        ((StandardContext) context).setClearReferencesObjectStreamClassCaches(false);
        ((StandardContext) context).setClearReferencesRmiTargets(false);
        ((StandardContext) context).setClearReferencesThreadLocals(false);
        tomcat.start();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** The access log is written after the answer: waits until it has that many lines. */
    void awaitAnswered(int requests) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (answered.get() < requests) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("answered " + answered + " of " + requests + " requests");
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Goods extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            response.getWriter().write("goods");
        }
    }

    private final class Answered extends ValveBase implements AccessLog {
        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
        }

        @Override
        public void log(Request request, Response response, long time) {
            answered.incrementAndGet();
        }

        @Override
        public void setRequestAttributesEnabled(boolean enabled) {}

        @Override
        public boolean getRequestAttributesEnabled() {
            return false;
        }
    }
}
