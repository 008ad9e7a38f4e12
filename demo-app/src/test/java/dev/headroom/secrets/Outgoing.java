package dev.headroom.secrets;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Calls to another server with somebody's data in their addresses, headers and bodies; it answers with more of it. */
final class Outgoing {
    private final RestClient rest;
    private final HttpServer other;

    Outgoing(RestClient rest) {
        this.rest = rest;
        try {
            other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new IllegalStateException(refused);
        }
        other.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Set-Cookie", "id=" + Marks.token("answer-cookie"));
            byte[] answer = Marks.token("answer-body").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            int status = exchange.getRequestURI().getPath().contains("missing") ? 404 : 200;
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        other.start();
    }

    void calls(String token) throws Exception {
        String base = "http://127.0.0.1:" + other.getAddress().getPort();
        HttpURLConnection old = (HttpURLConnection)
                URI.create(base + "/users/" + Marks.token("call-path") + "?key=" + Marks.token("call-query"))
                        .toURL()
                        .openConnection();
        old.setRequestProperty("Authorization", "Bearer " + Marks.token("call-authorization"));
        old.setRequestProperty("Cookie", "id=" + Marks.token("call-cookie"));
        old.getInputStream().readAllBytes();
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/users;" + Marks.token("call-matrix") + "=1/"
                        + Marks.digits("call-digits") + "?q=" + Marks.email("call-email") + "#"
                        + Marks.token("call-fragment")))
                .header("X-Api-Key", Marks.token("call-header"))
                .method("POST", HttpRequest.BodyPublishers.ofString(Marks.token("call-body")))
                .build();
        client.send(request, HttpResponse.BodyHandlers.ofString());
        rest.get()
                .uri(base + "/t/{token}/x?q={q}", token, Marks.token("call-variable"))
                .retrieve()
                .body(String.class);
        rest.get()
                .uri(base + "/put/together/" + Marks.token("call-together"))
                .retrieve()
                .body(String.class);
        rest.get()
                .uri(base + "/half/" + Marks.token("call-half") + "/{token}?k=" + Marks.token("call-half-query"), token)
                .retrieve()
                .body(String.class);
        new RestTemplate().getForObject(base + "/old/{token}/" + Marks.email("call-old-half"), String.class, token);
        new RestTemplate()
                .getForObject(
                        base.replace("//", "//keeper:" + Marks.token("call-userinfo") + "@") + "/userinfo/{token}",
                        String.class,
                        token);
        failing(() -> rest.get()
                .uri(base + "/missing/" + Marks.token("call-missing"))
                .retrieve()
                .body(String.class));
        failing(() -> rest.get()
                .uri("http://127.0.0.1:1/{token}?q=" + Marks.token("call-refused"), token)
                .retrieve()
                .body(String.class));
    }

    private static void failing(Runnable call) {
        try {
            call.run();
            throw new IllegalStateException("answered where nobody is");
        } catch (org.springframework.web.client.RestClientException refused) {
            // that is the case
        }
    }
}
