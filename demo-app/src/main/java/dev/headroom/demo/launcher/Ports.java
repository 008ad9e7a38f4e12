package dev.headroom.demo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports on the loopback address. */
final class Ports {
    private static final int CONNECT_MILLIS = 200;

    private Ports() {}

    /** A port nobody listens on now; another process may still take it before it is used. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException refused) {
            throw new UncheckedIOException("This machine gives out no free TCP port", refused);
        }
    }

    /** The port if it can be listened on, a free one for 0. */
    static int require(int port, String what, String option) {
        if (port == 0) {
            return free();
        }
        if (somebodyAnswers(port) || !canListen(port)) {
            throw new DemoFailure(
                    "Port %d is taken, and %s needs it. Stop what listens there, or choose another port with -D%s=%d."
                            .formatted(port, what, option, port + 1));
        }
        return port;
    }

    // A listener on all addresses leaves the loopback address free to bind on some systems: ask first.
    private static boolean somebodyAnswers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean canListen(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
