import io.undertow.Undertow;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;

/** WebSockets in Undertow; users are who they say. */
final class Site {
    private static final Semaphore CLOSED = new Semaphore(0);

    private static Undertow server;

    private Site() {}

    static int start() throws Exception {
        WebSocketDeploymentInfo sockets = new WebSocketDeploymentInfo()
                .setBuffers(new DefaultByteBufferPool(false, 1024))
                .addEndpoint(Echo.class)
                .addEndpoint(Slow.class);
        DeploymentInfo site = Servlets.deployment()
                .setClassLoader(Site.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("site")
                .addFilter(Servlets.filter("users", Users.class).setAsyncSupported(true))
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, sockets);
        Mapped.everywhere(site, "users");
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

    static void closed() {
        CLOSED.release();
    }

    /** Until so many were closed since the start. */
    static void awaitClosed(int number) throws InterruptedException {
        CLOSED.acquire(number);
        CLOSED.release(number);
    }

    static void stop() {
        server.stop();
    }
}
