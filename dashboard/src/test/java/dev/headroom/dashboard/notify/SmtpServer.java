package dev.headroom.dashboard.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A small mail server on loopback: STARTTLS, AUTH PLAIN, and answers that a test chooses. */
public final class SmtpServer implements AutoCloseable {
    /** A message it has taken, and how it came. */
    public record Mail(
            String from,
            String to,
            String text,
            boolean encrypted,
            @Nullable String login) {}

    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    private final List<String> recipientAnswers = new ArrayList<>();
    private final @Nullable SSLContext tls;

    /** @param tls offers STARTTLS and asks for a login after it; null for neither */
    public SmtpServer(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::listen);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public BlockingQueue<Mail> mails() {
        return mails;
    }

    /** The next recipient is answered so instead of being accepted. */
    void answerRecipient(String line) {
        synchronized (recipientAnswers) {
            recipientAnswers.add(line);
        }
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket connection = plain) {
            new Conversation(connection).hold();
        } catch (IOException | UncheckedIOException gone) {
            // the client left
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }

    private final class Conversation {
        private Socket socket;
        private BufferedReader in;
        private boolean encrypted;
        private String from = "";
        private String to = "";
        private @Nullable String login;

        Conversation(Socket socket) throws IOException {
            this.socket = socket;
            this.in = reader(socket);
        }

        private BufferedReader reader(Socket of) throws IOException {
            return new BufferedReader(new InputStreamReader(of.getInputStream(), StandardCharsets.UTF_8));
        }

        private void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        void hold() throws IOException {
            say("220 test");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.toUpperCase(Locale.ROOT);
                if (verb.startsWith("EHLO")) {
                    say("250-test");
                    say(tls == null ? "250 8BITMIME" : encrypted ? "250 AUTH PLAIN" : "250 STARTTLS");
                } else if (verb.equals("STARTTLS")) {
                    encrypt();
                } else if (verb.startsWith("AUTH PLAIN ")) {
                    authenticate(line.substring(11));
                } else if (verb.startsWith("MAIL FROM:")) {
                    from = line.substring(10);
                    say(tls != null && login == null ? "530 5.7.0 log in first" : "250 ok");
                } else if (verb.startsWith("RCPT TO:")) {
                    recipient(line.substring(8));
                } else if (verb.equals("DATA")) {
                    data();
                } else if (verb.equals("QUIT")) {
                    say("221 bye");
                    return;
                } else {
                    say("250 ok");
                }
            }
        }

        private void encrypt() throws IOException {
            say("220 go on");
            if (tls == null) {
                throw new IOException("not offered");
            }
            SSLSocket layered = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            layered.setUseClientMode(false);
            layered.startHandshake();
            socket = layered;
            in = reader(layered);
            encrypted = true;
        }

        private void authenticate(String given) throws IOException {
            String[] parts = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8).split("\0", -1);
            if (parts.length == 3 && parts[2].equals("s3cret")) {
                login = parts[1];
                say("235 welcome");
            } else {
                say("535 5.7.8 no");
            }
        }

        private void recipient(String address) throws IOException {
            to = address;
            synchronized (recipientAnswers) {
                say(recipientAnswers.isEmpty() ? "250 ok" : recipientAnswers.remove(0));
            }
        }

        private void data() throws IOException {
            say("354 go on");
            StringBuilder text = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                text.append(line).append('\n');
            }
            mails.add(new Mail(from, to, text.toString(), encrypted, login));
            say("250 taken");
        }
    }
}
