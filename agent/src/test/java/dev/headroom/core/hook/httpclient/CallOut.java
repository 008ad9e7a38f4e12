package dev.headroom.core.hook.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls out with both of the JDK's clients: once fine, once refused, with and without a body. */
final class CallOut {
    private CallOut() {}

    /** @param arguments base URL of a server, base URL where nobody listens */
    public static void main(String[] arguments) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest slow =
                HttpRequest.newBuilder(URI.create(arguments[0] + "/slow")).build();
        client.send(slow, HttpResponse.BodyHandlers.ofString());
        client.sendAsync(slow, HttpResponse.BodyHandlers.ofString()).join();
        client.send(
                HttpRequest.newBuilder(URI.create(arguments[0] + "/missing")).build(),
                HttpResponse.BodyHandlers.discarding());
        try {
            client.send(
                    HttpRequest.newBuilder(URI.create(arguments[1])).build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException expected) {
            System.out.println("refused");
        }
        System.out.println(get(arguments[0] + "/slow"));
        System.out.println(get(arguments[0] + "/missing"));
        System.out.println(get(arguments[0] + "/redirect"));
        System.out.println(post(arguments[0] + "/slow"));
        System.out.println(get(arguments[1]));
        System.out.println(post(arguments[1]));
    }

    /** Asks several times for the same answer, as applications do. */
    private static int get(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            in.readAllBytes();
            connection.getInputStream();
            return connection.getResponseCode() + connection.getHeaderFields().size() * 0;
        } catch (IOException failed) {
            try {
                return connection.getResponseCode();
            } catch (IOException still) {
                return -1;
            }
        }
    }

    private static int post(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setDoOutput(true);
        try {
            connection.getOutputStream().write(1);
            return connection.getResponseCode();
        } catch (IOException refused) {
            return -1;
        }
    }
}
