import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Visitors of a site with WebSockets, over plain sockets, which no hook sees. */
public final class Main {
    private static final String MESSAGES = "headroom.websocket.message.duration";
    private static final String CONNECTIONS = "headroom.websocket.connections";
    private static final String ROOM = "http.route=/echo/{room}";
    private static final int SLOW = 7;

    private static int port;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        port = Site.start();
        Visitor red = new Visitor("/echo/red?user=ann");
        Visitor blue = new Visitor("/echo/blue?user=ann");
        Visitor stranger = new Visitor("/echo/red");
        for (Visitor each : new Visitor[] {red, blue, stranger}) {
            for (int i = 0; i < 3; i++) {
                System.out.println(each.say(1, "text " + i));
            }
        }
        System.out.println(red.say(2, "bytes"));
        Expect.awaitExport();
        System.out.println(stranger.say(1, "fail"));
        red.leave();
        blue.leave();
        Site.awaitClosed(3);
        Expect.count(MESSAGES, 10, ROOM, "error.type=");
        Expect.count(MESSAGES, 1, ROOM, "error.type=java.lang.IllegalStateException");
        Expect.count("headroom.websocket.user.connections", 2, ROOM);
        Expect.sum("headroom.websocket.user.connections", 1 + 2, ROOM);
        Expect.max(CONNECTIONS, 3, ROOM);
        slow();
        Expect.awaitExport();
        Expect.last(CONNECTIONS, 0, ROOM);
        Site.stop();
        System.exit(0);
    }

    private static void slow() throws IOException, InterruptedException {
        Visitor visitor = new Visitor("/slow");
        long[] seenNanos = new long[SLOW];
        for (int i = 0; i < SLOW; i++) {
            long begin = System.nanoTime();
            visitor.say(1, "wait");
            seenNanos[i] = System.nanoTime() - begin;
        }
        visitor.leave();
        Site.awaitClosed(4);
        Expect.slow(MESSAGES, seenNanos, "http.route=/slow");
    }

    /** One WebSocket, as its client sees it. */
    private static final class Visitor {
        private static final int FINAL = 0x80;
        private static final int CLOSE = 8;

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        Visitor(String path) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) in.readUnsignedByte());
            }
            System.out.println(path + " " + answer.substring(9, 12));
        }

        /** @param kind 1: text, 2: bytes; at most 125 of them */
        String say(int kind, String text) throws IOException {
            send(kind, text.getBytes(StandardCharsets.US_ASCII));
            int answered = in.readUnsignedByte() & ~FINAL;
            byte[] answer = new byte[in.readUnsignedByte()];
            in.readFully(answer);
            if (answered == CLOSE) {
                send(CLOSE, answer);
                socket.close();
            }
            return answered == CLOSE ? "closed" : answered + " " + new String(answer, StandardCharsets.US_ASCII);
        }

        void leave() throws IOException {
            send(CLOSE, new byte[] {3, (byte) 232});
            while (in.read() >= 0) {
                // until the server has closed it, too
            }
            socket.close();
        }

        /** With a mask of zeros. */
        private void send(int kind, byte[] bytes) throws IOException {
            byte[] frame = new byte[6 + bytes.length];
            frame[0] = (byte) (FINAL | kind);
            frame[1] = (byte) (0x80 | bytes.length);
            System.arraycopy(bytes, 0, frame, 6, bytes.length);
            out.write(frame);
        }
    }
}
