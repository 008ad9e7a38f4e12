package dev.headroom.harmless;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** The JDK's HttpClient: answers, redirects, bodies, a cut answer, nobody there. */
final class HttpClientScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        int closed;
        try (WireServer server = new WireServer(new HttpScript())) {
            for (int i = 0; i < EveryHook.TIMES; i++) {
                for (String path : new String[] {"/found", "/missing", "/redirect"}) {
                    HttpRequest request = request(server.port(), path).build();
                    transcript.say(
                            path + " " + outcome(() -> client.send(request, HttpResponse.BodyHandlers.ofString())));
                }
                HttpRequest post = request(server.port(), "/post")
                        .POST(HttpRequest.BodyPublishers.ofString("body " + i))
                        .build();
                transcript.say("async "
                        + outcome(() -> client.sendAsync(post, HttpResponse.BodyHandlers.ofString())
                                .thenApply(answer -> answer)
                                .join()));
            }
            HttpRequest cut = request(server.port(), "/cut").build();
            transcript.say("cut " + outcome(() -> client.send(cut, HttpResponse.BodyHandlers.ofString())));
            transcript.say("no handler " + outcome(() -> client.send(cut, null)));
            transcript.say(server.received().replace(Integer.toString(server.port()), "PORT"));
            closed = server.port();
        }
        HttpRequest nobody = request(closed, "/").build();
        transcript.say("nobody " + outcome(() -> client.send(nobody, HttpResponse.BodyHandlers.ofString())));
        transcript.say("nobody "
                + outcome(() -> client.sendAsync(nobody, HttpResponse.BodyHandlers.ofString())
                        .join()));
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private interface Ask {
        HttpResponse<String> ask() throws Exception;
    }

    /** The client's threads fill in the stack traces as they come; the rest is the same each time. */
    private static String outcome(Ask ask) {
        try {
            HttpResponse<String> answer = ask.ask();
            return answer.statusCode() + " " + answer.body() + " "
                    + answer.headers().map();
        } catch (CompletionException failed) {
            return failed.getClass() + " " + failed.getCause();
        } catch (Exception failed) {
            return failed + " caused by "
                    + (failed.getCause() == null ? null : failed.getCause().getClass());
        }
    }
}
