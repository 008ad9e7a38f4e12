package dev.headroom.harmless;

import dev.headroom.core.hook.httpserver.EmbeddedTomcat;

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
                transcript.say(path + ": " + WebRequest.ask(port, "GET " + path, ""));
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
                transcript.say(request + ": " + WebRequest.ask(port, request, ""));
            }
            transcript.say(WebRequest.send(port, "GET / HTTP/1.1\r\nHost: a b c\r\n\r\n"));
            transcript.say(WebRequest.send(port, "nonsense\r\n\r\n"));
        }
    }
}
