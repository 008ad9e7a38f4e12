package dev.headroom.harmless;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers by a script and keeps every byte it was sent, in order. One client at a time. */
final class WireServer implements AutoCloseable {
    /** Reads one request from the stream and answers it; false to close the connection, and at the stream's end. */
    interface Script {
        boolean answer(InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final Thread accepting;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    WireServer(Script script) throws IOException {
        accepting = new Thread(() -> accept(script), "wire-accept");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(Script script) {
        while (true) {
            try {
                Socket client = server.accept();
                // Two short answers in a row would wait for the client to have said that it has the first.
                client.setTcpNoDelay(true);
                clients.add(client);
                Thread serving = new Thread(() -> serve(client, script), "wire-serve");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, Script script) {
        try (client;
                InputStream in = new BufferedInputStream(new Kept(client.getInputStream()))) {
            while (script.answer(in, client.getOutputStream())) {
                client.getOutputStream().flush();
            }
        } catch (IOException gone) {
            clients.remove(client);
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        synchronized (received) {
            received.write(bytes, offset, length);
        }
    }

    String received() {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** A line without its end, or null at the stream's end. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
        accepting.join(); // It may take one more client from the system while the socket closes.
        for (Socket client : clients) {
            client.close();
        }
    }

    private final class Kept extends InputStream {
        private final InputStream in;

        Kept(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            if (count > 0) {
                keep(bytes, offset, count);
            }
            return count;
        }
    }
}
