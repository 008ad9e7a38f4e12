import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;

/** Servlets in Undertow, which speaks HTTP/2 without TLS. */
final class Site {
    private static Undertow server;

    private Site() {}

    static int start() throws Exception {
        DeploymentInfo site = Servlets.deployment()
                .setClassLoader(Site.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("site")
                .addServlet(Servlets.servlet("pages", Pages.class).addMappings(Pages.PATHS));
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(site);
        manager.deploy();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(manager.start())
                .setWorkerThreads(20)
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    static void stop() {
        server.stop();
    }
}
