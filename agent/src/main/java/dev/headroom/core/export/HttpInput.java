package dev.headroom.core.export;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The reading half of a connection: status line, headers, and a body by length, in chunks or to the end of the stream
 * (RFC 9112). Bounded in size and, over the whole answer, in time. For the agent's thread only.
 */
final class HttpInput {
    /** How long one read blocks before the waiting work runs. */
    static final int SLICE_MILLIS = 200;

    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final InputStream in;
    private final HttpConnection.Waiting whileWaiting;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int filled;
    private long deadlineNanos;
    private int timeoutMillis;
    private boolean began;
    private boolean reusable;

    HttpInput(Socket socket, HttpConnection.Waiting whileWaiting) throws IOException {
        this.in = socket.getInputStream();
        this.whileWaiting = whileWaiting;
        socket.setSoTimeout(SLICE_MILLIS);
    }

    /** Begins the time of the next answer. */
    void expectAnswer(int withinMillis) {
        timeoutMillis = withinMillis;
        deadlineNanos = System.nanoTime() + withinMillis * 1_000_000L;
        began = false;
        reusable = false;
    }

    /** Whether any byte of the expected answer arrived. */
    boolean began() {
        return began;
    }

    /** Whether the last answer was read to its end and the server keeps the connection. */
    boolean reusable() {
        return reusable;
    }

    HttpAnswer readAnswer() throws IOException {
        int status;
        Map<String, String> headers;
        String version;
        do {
            String line = line();
            if (!line.startsWith("HTTP/1.") || line.length() < 12) {
                throw new IOException("no HTTP/1.1 answer but \"" + shortened(line) + "\"");
            }
            version = line.substring(0, 8);
            status = (int) number(line.substring(9, 12), 10, line);
            headers = headers();
        } while (status < 200);
        boolean toEnd = false;
        byte[] body;
        String length = headers.get("content-length");
        if (status == 204 || status == 304) {
            body = new byte[0];
        } else if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            body = chunks();
        } else if (length != null) {
            body = exactly(number(length.trim(), 10, "Content-Length: " + length), new ByteArrayOutputStream())
                    .toByteArray();
        } else {
            toEnd = true;
            body = toEnd();
        }
        reusable = !toEnd && version.equals("HTTP/1.1") && !"close".equalsIgnoreCase(headers.get("connection"));
        return new HttpAnswer(status, headers, body);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0 && headers.size() < MAX_HEADERS) {
                headers.put(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            int extension = line.indexOf(';');
            long size = number((extension < 0 ? line : line.substring(0, extension)).trim(), 16, line);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            exactly(size, body);
            line();
        }
    }

    private ByteArrayOutputStream exactly(long size, ByteArrayOutputStream body) throws IOException {
        if (size > MAX_BODY_BYTES - body.size()) {
            throw new IOException("answer longer than " + MAX_BODY_BYTES + " bytes");
        }
        for (long left = size; left > 0; ) {
            if (position == filled && !fill()) {
                throw new EOFException("connection closed " + left + " bytes before the end of the answer");
            }
            int taken = (int) Math.min(left, filled - position);
            body.write(buffer, position, taken);
            position += taken;
            left -= taken;
        }
        return body;
    }

    private byte[] toEnd() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (position < filled || fill()) {
            exactly(filled - position, body);
        }
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (true) {
            if (position == filled && !fill()) {
                throw new EOFException("connection closed before the answer's end");
            }
            byte next = buffer[position++];
            if (next == '\n') {
                String text = new String(line.toByteArray(), StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
            if (line.size() > MAX_LINE_BYTES) {
                throw new IOException("a line of the answer is longer than " + MAX_LINE_BYTES + " bytes");
            }
        }
    }

    private static long number(String digits, int radix, String where) throws IOException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // reported below, like a negative number
        }
        throw new IOException("no number where HTTP wants one: \"" + shortened(where) + "\"");
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private boolean fill() throws IOException {
        while (true) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                throw new SocketTimeoutException("no whole answer within " + timeoutMillis + " ms");
            }
            try {
                int read = in.read(buffer, 0, buffer.length);
                if (read > 0) {
                    began = true;
                    position = 0;
                    filled = read;
                }
                return read > 0;
            } catch (SocketTimeoutException slice) {
                whileWaiting.tick();
            }
        }
    }
}
