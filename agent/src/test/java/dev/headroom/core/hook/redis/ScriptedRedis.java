package dev.headroom.core.hook.redis;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Speaks Redis' protocol and answers each command as told, one at a time on each connection. */
final class ScriptedRedis implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final Function<List<String>, Reply> script;

    /** What is sent, how long after the command. */
    record Reply(String text, long afterMillis) {
        static Reply now(String text) {
            return new Reply(text, 0);
        }

        static Reply bulk(String text, long afterMillis) {
            return new Reply("$" + text.length() + "\r\n" + text + "\r\n", afterMillis);
        }
    }

    /** @param script the answer to a command; null for those of opening a connection, which are answered here */
    ScriptedRedis(Function<List<String>, Reply> script) throws IOException {
        this.script = script;
        start(() -> {
            while (true) {
                Socket client = server.accept();
                clients.add(client);
                start(() -> serve(client));
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // The client or the test closed it.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        client.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(client.getInputStream());
        while (true) {
            List<String> words = words(in);
            Reply told = script.apply(words);
            Reply reply = told != null ? told : opening(words.get(0));
            TimeUnit.MILLISECONDS.sleep(reply.afterMillis());
            client.getOutputStream().write(reply.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Reply opening(String command) {
        return Reply.now(command.equals("HELLO") ? "-ERR unknown command 'HELLO'\r\n" : "+OK\r\n");
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
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
