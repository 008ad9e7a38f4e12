package dev.headroom.soak;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * As much of a Redis server as the soak needs: keys that begin with {@code stock} are there, all others are not; every other command
 * is answered with OK. It forgets what it is told, so that its memory says nothing. Thread-safe.
 */
final class RespServer implements AutoCloseable {
    private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEN = "$2\r\n10\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NIL = "$-1\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final LongAdder commands = new LongAdder();

    RespServer() throws IOException {}

    int port() {
        return listening.getLocalPort();
    }

    /** Commands received. */
    long commands() {
        return commands.sum();
    }

    void start() {
        daemon(this::accept, "resp-accept");
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                daemon(() -> serve(client), "resp-client");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = new BufferedOutputStream(client.getOutputStream());
            while (true) {
                String[] words = new String[number(in, '*')];
                for (int i = 0; i < words.length; i++) {
                    words[i] = new String(in.readNBytes(number(in, '$')), StandardCharsets.UTF_8);
                    in.skipNBytes(2);
                }
                commands.increment();
                if (!words[0].equals("GET")) {
                    out.write(OK);
                } else {
                    out.write(words[1].startsWith("stock") ? TEN : NIL);
                }
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // the client closed its connection
        }
    }

    private static int number(InputStream in, char type) throws IOException {
        int first = in.read();
        if (first != type) {
            throw new EOFException(first < 0 ? "closed" : "found " + (char) first + ", expected " + type);
        }
        int number = 0;
        for (int next = in.read(); next != '\r'; next = in.read()) {
            number = number * 10 + next - '0';
        }
        in.skipNBytes(1);
        return number;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
