package dev.headroom.harmless;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.websocket.OnError;
import javax.websocket.OnMessage;
import javax.websocket.server.ServerEndpoint;

/** What is said to a server's WebSockets: texts, bytes, an endpoint that fails; every byte of every answer. */
final class SocketScript {
    private static final String UPGRADE =
            "GET /echo/red HTTP/1.1\r\nHost: shop\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    /** What is asked. */
    @ServerEndpoint("/echo/{room}")
    public static class Echo {
        @OnMessage
        public String text(String text) {
            if (text.equals("fail")) {
                throw new IllegalStateException("asked for");
            }
            return text.toUpperCase(Locale.ROOT);
        }

        @OnMessage
        public byte[] bytes(byte[] bytes) {
            return bytes;
        }

        @OnError
        public void failed(Throwable failure) {
            // what the client sees of it is in the transcript
        }
    }

    private SocketScript() {}

    /** @param closing whether the visitor has to leave the endpoint that failed */
    static void play(Transcript transcript, int port, boolean closing) throws IOException {
        for (int i = 0; i < EveryHook.TIMES; i++) {
            transcript.say(answers(port, frame(1, "text " + i) + frame(2, "bytes") + frame(8, "")));
            transcript.say(answers(port, frame(1, "text") + frame(1, "fail") + (closing ? frame(8, "") : "")));
        }
    }

    /** With a mask of zeros. */
    private static String frame(int kind, String text) {
        return "" + (char) (0x80 | kind) + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
    }

    private static String answers(int port, String frames) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((UPGRADE + frames).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .replaceAll("(?i)Date: [^\r]+", "Date");
        }
    }
}
