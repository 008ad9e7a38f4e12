package dev.headroom.harmless;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** An HTTP client against {@link HttpScript}: answers, redirects, bodies, a cut answer, nobody there. */
abstract class ClientScenario implements EveryHook.Scenario {
    /** Calls asked for with POST. */
    static final int POSTS = 2 * EveryHook.TIMES;

    /** Makes the client. */
    abstract void open() throws Exception;

    /**
     * One call to its end.
     *
     * @param body what to POST, or null to GET
     * @return all that the application sees of the answer
     */
    abstract String call(String url, String body) throws Exception;

    /** The same by the client's other way, where it has two. */
    String callElse(String url, String body) throws Exception {
        return call(url, body);
    }

    abstract void close() throws Exception;

    @Override
    public final void play(Transcript transcript) throws Exception {
        int nobody = nobody();
        Transcript own = new Transcript();
        open();
        try (WireServer server = new WireServer(new HttpScript())) {
            String base = "http://127.0.0.1:" + server.port();
            for (int i = 0; i < EveryHook.TIMES; i++) {
                for (String path : new String[] {"/found", "/missing", "/redirect"}) {
                    own.tell(path, () -> call(base + path, null));
                    own.tell(path, () -> callElse(base + path, null));
                }
                String body = "body " + i;
                own.tell("post", () -> call(base + "/post", body));
                own.tell("post", () -> callElse(base + "/post", body));
                own.tell("nobody", () -> call("http://127.0.0.1:" + nobody + "/", null));
                own.tell("nobody", () -> callElse("http://127.0.0.1:" + nobody + "/", null));
            }
            own.say(server.received());
            // Some try again, as often as they see the end before the answer.
            own.tell("cut", () -> call(base + "/cut", null));
            own.tell("cut", () -> callElse(base + "/cut", null));
            transcript.say(own.text(server.port(), nobody));
        } finally {
            close();
        }
    }

    private static int nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
