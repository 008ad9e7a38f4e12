package dev.headroom.coverage;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of the loopback interface that nobody has now. */
final class FreePort {
    private static final int LAST = 65_535;
    private static final int TRIES = 1_000;

    private FreePort() {}

    static int find() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** One whose neighbour so much above it is free as well. */
    static int with(int above) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = find();
            if (port + above <= LAST && free(port + above)) {
                return port;
            }
        }
        throw new IOException("no free pair of ports " + above + " apart was found in " + TRIES + " tries");
    }

    private static boolean free(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (BindException taken) {
            return false;
        }
    }
}
