package dev.headroom.harmless;

import dev.headroom.core.hook.httpserver.EmbeddedTomcat;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Tomcat with a servlet and Spring MVC: every byte of every answer but its date. */
final class TomcatScenario implements EveryHook.Scenario {
    private final String path;

    /** @param path asked for again and again, beside each kind of failure once */
    TomcatScenario(String path) {
        this.path = path;
    }

    @Override
    public void play(Transcript transcript) throws Exception {
        try (EmbeddedTomcat tomcat = new EmbeddedTomcat("dev.headroom.core.hook.httpserver.JavaxServlet")) {
            int port = tomcat.call();
            for (int i = 0; i < EveryHook.TIMES; i++) {
                ask(transcript, port, "GET " + path);
            }
            for (String request : new String[] {
                "GET /plain?throw",
                "GET /plain?refuse",
                "GET /plain?later",
                "POST /pets",
                "GET /pets/0",
                "BREW /plain",
                "GET /nothing",
                "GET /files/a/b?x=%zz",
                "GET /pets/%2e%2e"
            }) {
                ask(transcript, port, request);
            }
            transcript.say(answer(port, "GET / HTTP/1.1\r\nHost: a b c\r\n\r\n"));
            transcript.say(answer(port, "nonsense\r\n\r\n"));
        }
    }

    private static void ask(Transcript transcript, int port, String request) throws IOException {
        String text = request + " HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        transcript.say(request + ": " + answer(port, text));
    }

    private static String answer(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("Date: [^\r]+", "Date")
                    .replaceAll("\\w+\\.reflect\\.[\\w$.]+\\([^)]+\\)", "reflection")
                    .replaceAll("(?m)^\\s*(java.base/)?(jdk.internal|java.lang)\\.?reflection.*$\n", "");
        }
    }
}
