package dev.headroom.capacity;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 connection, kept open; as cheap as a client can be, for it shares the cores with the dashboard. One thread at a time. */
final class Line implements AutoCloseable {
    private static final int ANSWER_LIMIT_MILLIS = 60_000;

    /**
     * An answer, read to its end.
     *
     * @param retryAfterSeconds 0 when it does not say
     */
    record Answer(int status, long retryAfterSeconds, String text) {}

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    Line(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 2_048);
        out = socket.getOutputStream();
    }

    Answer get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n", new byte[0]);
    }

    /** @param headers each ended by CR LF */
    Answer post(String path, String headers, byte[] body) throws IOException {
        return ask(
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "Content-Length: " + body.length
                        + "\r\n\r\n",
                body);
    }

    private Answer ask(String head, byte[] body) throws IOException {
        byte[] ascii = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[ascii.length + body.length];
        System.arraycopy(ascii, 0, request, 0, ascii.length);
        System.arraycopy(body, 0, request, ascii.length, body.length);
        out.write(request);
        out.flush();
        String status = text();
        int length = 0;
        boolean chunked = false;
        long retryAfter = 0;
        for (String header = text(); !header.isEmpty(); header = text()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).trim());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("retry-after:")) {
                retryAfter = Long.parseLong(lower.substring(12).trim());
            }
        }
        return new Answer(
                Integer.parseInt(status.substring(9, 12)),
                retryAfter,
                new String(chunked ? chunks() : in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(text().trim(), 16);
            all.write(in.readNBytes(size));
            text();
        } while (size > 0);
        return all.toByteArray();
    }

    private String text() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection closed after \"" + line + "\"");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
