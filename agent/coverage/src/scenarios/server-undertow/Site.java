import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;

/** Servlets in Undertow. */
final class Site {
    private static Undertow server;

    private Site() {}

    static int start() throws Exception {
        DeploymentInfo site = Servlets.deployment()
                .setClassLoader(Site.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("site")
                .addServlet(Servlets.servlet("pages", Pages.class).addMappings(Pages.PATHS).setAsyncSupported(true));
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(site);
        manager.deploy();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(manager.start())
                .setWorkerThreads(4)
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    static void stop() {
        server.stop();
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
