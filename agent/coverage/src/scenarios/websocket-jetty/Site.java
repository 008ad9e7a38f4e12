import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** WebSockets in Jetty; users are who they say. */
final class Site {
    private static final Server SERVER = new Server();
    private static final Semaphore CLOSED = new Semaphore(0);

    private Site() {}

    static int start() throws Exception {
        ServerConnector connector = new ServerConnector(SERVER);
        connector.setHost("127.0.0.1");
        SERVER.addConnector(connector);
        SERVER.setHandler(new Users(Sockets.served()));
        SERVER.start();
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
        SERVER.stop();
    }
}
