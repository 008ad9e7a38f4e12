package dev.headroom.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a server and hands its answers on late: each leaves {@link #DELAY_MILLIS} after the last bytes of the client came in,
 * however long the server itself took. Listens on the loopback interface. Thread-safe.
 */
final class DelayProxy implements AutoCloseable {
    static final long DELAY_MILLIS = 200;

    private static final long DELAY_NANOS = DELAY_MILLIS * 1_000_000;

    private final int port;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param port of the server on the loopback interface */
    DelayProxy(int port) throws IOException {
        this.port = port;
        thread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            AtomicLong askedNanos = new AtomicLong(System.nanoTime() - DELAY_NANOS);
            thread(() -> {
                try (server;
                        client) {
                    copy(client.getInputStream(), server.getOutputStream(), askedNanos, false);
                } finally {
                    open.remove(client);
                    open.remove(server);
                }
            });
            thread(() -> {
                try (server;
                        client) {
                    copy(server.getInputStream(), client.getOutputStream(), askedNanos, true);
                }
            });
        }
    }

    private static void copy(InputStream in, OutputStream out, AtomicLong askedNanos, boolean late) throws IOException {
        byte[] bytes = new byte[16_384];
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            if (late) {
                long due = askedNanos.get() + DELAY_NANOS;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            } else {
                askedNanos.set(System.nanoTime());
            }
            out.write(bytes, 0, length);
            out.flush();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // One side has gone; the other is closed with it.
                    }
                },
                "delay proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
