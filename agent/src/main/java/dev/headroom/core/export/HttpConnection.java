package dev.headroom.core.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to the dashboard, kept open between requests. Plain sockets on purpose: {@code HttpURLConnection} would
 * ask the application's Authenticator, CookieHandler and ProxySelector, re-send a POST by itself, and be measured by our own
 * hook; {@code java.net.http} does not exist on Java 8. TLS uses a context of its own, so the application's default one is still
 * made when, and as, the application wants. Proxies are not used.
 *
 * <p>For the agent's thread only. While an answer is awaited, {@code whileWaiting} runs every {@value HttpInput#SLICE_MILLIS} ms
 * and may throw an {@link IOException} to give up.
 */
final class HttpConnection {
    private final Endpoint endpoint;
    private final int connectTimeoutMillis;
    private final int answerTimeoutMillis;
    private final Waiting whileWaiting;
    private @Nullable SSLContext tls;
    private @Nullable Socket socket;
    private @Nullable HttpInput input;

    /** Called while nothing arrives. */
    interface Waiting {
        void tick() throws IOException;
    }

    HttpConnection(Endpoint endpoint, int connectTimeoutMillis, int answerTimeoutMillis, Waiting whileWaiting) {
        this.endpoint = endpoint;
        this.connectTimeoutMillis = connectTimeoutMillis;
        this.answerTimeoutMillis = answerTimeoutMillis;
        this.whileWaiting = whileWaiting;
    }

    HttpAnswer get(String path, Map<String, String> headers) throws IOException {
        return exchange("GET", path, headers, null);
    }

    HttpAnswer post(String path, Map<String, String> headers, byte[] body) throws IOException {
        return exchange("POST", path, headers, body);
    }

    /** A kept connection may have been closed by the other side meanwhile; then, once, the same request on a fresh one. */
    private HttpAnswer exchange(String method, String path, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        boolean kept = socket != null;
        try {
            return attempt(method, path, headers, body);
        } catch (IOException failure) {
            boolean nothingArrived = input == null || !input.began();
            close();
            if (kept && nothingArrived && !(failure instanceof GaveUpException)) {
                try {
                    return attempt(method, path, headers, body);
                } catch (IOException again) {
                    close();
                    throw again;
                }
            }
            throw failure;
        }
    }

    private HttpAnswer attempt(String method, String path, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        Socket open = socket;
        HttpInput in = input;
        if (open == null || in == null) {
            open = connect();
            socket = open;
            in = new HttpInput(open, whileWaiting);
            input = in;
        }
        send(open.getOutputStream(), method, path, headers, body);
        in.expectAnswer(answerTimeoutMillis);
        HttpAnswer answer = in.readAnswer();
        if (!in.reusable()) {
            close();
        }
        return answer;
    }

    private Socket connect() throws IOException {
        IOException failure = null;
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            Socket plain = new Socket(Proxy.NO_PROXY);
            try {
                plain.setTcpNoDelay(true);
                plain.connect(new InetSocketAddress(address, endpoint.port()), connectTimeoutMillis);
                return endpoint.secure() ? secured(plain) : plain;
            } catch (IOException e) {
                plain.close();
                failure = e;
            }
        }
        throw failure == null ? new IOException("no address for " + endpoint.host()) : failure;
    }

    private Socket secured(Socket plain) throws IOException {
        try {
            if (tls == null) {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, null, null);
                tls = context;
            }
            plain.setSoTimeout(answerTimeoutMillis);
            SSLSocket secured =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return secured;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private void send(OutputStream out, String method, String path, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append(method)
                .append(' ')
                .append(endpoint.path(path))
                .append(" HTTP/1.1\r\nHost: ")
                .append(endpoint.authority())
                .append("\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(512 + (body == null ? 0 : body.length));
        request.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            request.write(body);
        }
        request.writeTo(out);
        out.flush();
    }

    /** Closes the connection; the next request opens a new one. */
    void close() {
        Socket open = socket;
        socket = null;
        input = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // it is being given up
            }
        }
    }

    /** Thrown by {@link Waiting} when the answer is no longer wanted. */
    static final class GaveUpException extends IOException {
        private static final long serialVersionUID = 1;

        GaveUpException(String message) {
            super(message);
        }
    }
}
