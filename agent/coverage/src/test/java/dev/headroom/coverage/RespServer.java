package dev.headroom.coverage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Speaks Redis' protocol on the loopback interface and answers as a script says, one command at a time on each connection. */
final class RespServer implements AutoCloseable {
    /** What a script knows of one connection. Used by its thread only. */
    static final class Session {
        int protocol = 2;
        boolean asking;
    }

    /**
     * @param text as sent, in whatever state the connection is then
     * @param afterMillis how long after the command
     * @param last whether the connection is closed then
     */
    record Reply(String text, long afterMillis, boolean last) {
        Reply(String text) {
            this(text, 0, false);
        }
    }

    /** Answers one command; called by many threads. */
    interface Script {
        Reply answer(int port, Session session, List<String> words);
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Script script;

    RespServer(Script script) throws IOException {
        this.script = script;
        thread(() -> {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                thread(() -> {
                    try (client) {
                        serve(client);
                    } finally {
                        open.remove(client);
                    }
                });
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // By the client, or by us.
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                },
                "scripted Redis");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        client.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        Session session = new Session();
        for (boolean last = false; !last; ) {
            List<String> words = words(in);
            long readNanos = System.nanoTime();
            Reply reply = script.answer(port(), session, words);
            long left = TimeUnit.MILLISECONDS.toNanos(reply.afterMillis()) - (System.nanoTime() - readNanos);
            if (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
            out.write(reply.text().getBytes(StandardCharsets.UTF_8));
            out.flush();
            last = reply.last();
        }
    }

    private static List<String> words(InputStream in) throws IOException {
        List<String> words = new ArrayList<>();
        int count = Integer.parseInt(line(in).substring(1));
        for (int i = 0; i < count; i++) {
            byte[] word = in.readNBytes(Integer.parseInt(line(in).substring(1)));
            in.readNBytes(2);
            words.add(new String(word, StandardCharsets.UTF_8));
        }
        return words;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
