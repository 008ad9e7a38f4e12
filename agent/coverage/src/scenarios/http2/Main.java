import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** Many requests at once on one connection of HTTP/2, by two clients: each is counted and timed on its own, at both ends. */
public final class Main {
    private static final String SERVED = "http.server.request.duration";
    private static final String CALLED = "http.client.request.duration";
    private static final int AT_ONCE = 15;

    private static String base;

    public static void main(String[] arguments) throws Exception {
        int port = Site.start();
        base = "http://127.0.0.1:" + port;
        List<Double> waited = new ArrayList<>();
        jdk(waited);
        okHttp(waited);
        Collections.sort(waited);
        double median = waited.get(waited.size() / 2);

        String called = "server.port=" + port;
        Expect.count(SERVED, 2 * AT_ONCE, "http.route=/slow", "http.response.status_code=200", "error.type=");
        Expect.count(SERVED, 2, "http.route=/hello", "http.response.status_code=200", "error.type=");
        Expect.count(SERVED, 2, "http.route=/refuse", "http.response.status_code=503", "error.type=503");
        Expect.count(SERVED, 2 * AT_ONCE + 4);
        Expect.count(CALLED, 2 * AT_ONCE + 2, "http.response.status_code=200", called, "error.type=");
        Expect.count(CALLED, 2, "error.type=503", called);
        Expect.count(CALLED, 2 * AT_ONCE + 4);
        p50(SERVED, median, "http.route=/slow");
        p50(CALLED, median, "http.response.status_code=200");
        Expect.awaitExport();
        Site.stop();
        System.exit(0);
    }

    /** Not shorter than the page takes and not longer than the clients waited. */
    private static void p50(String metric, double waited, String attribute) {
        double middle = (0.2 + waited) / 2;
        Expect.p50Within(metric, middle, (waited - 0.2) / 2 / middle + 0.03, attribute);
    }

    private static void jdk(List<Double> waited) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpResponse<String> first = client.send(request("/hello"), HttpResponse.BodyHandlers.ofString());
        System.out.println(first.statusCode() + " " + first.body() + " " + first.version());
        List<CompletableFuture<String>> answers = new ArrayList<>();
        double[] seconds = new double[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            int number = i;
            long begin = System.nanoTime();
            answers.add(client.sendAsync(request("/slow"), HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
                seconds[number] = (System.nanoTime() - begin) / 1e9;
                return answer.statusCode() + " " + answer.body() + " " + answer.version();
            }));
        }
        for (CompletableFuture<String> answer : answers) {
            System.out.println(answer.get());
        }
        Arrays.stream(seconds).forEach(waited::add);
        System.out.println(client.send(request("/refuse"), HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).build();
    }

    private static void okHttp(List<Double> waited) throws Exception {
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(Collections.singletonList(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        System.out.println(ask(client, "/hello"));
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Double>> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            calls.add(threads.submit(() -> {
                long begin = System.nanoTime();
                String answer = ask(client, "/slow");
                double seconds = (System.nanoTime() - begin) / 1e9;
                if (!answer.equals("200 slow h2_prior_knowledge")) {
                    throw new IllegalStateException(answer);
                }
                return seconds;
            }));
        }
        for (Future<Double> call : calls) {
            waited.add(call.get());
        }
        System.out.println(ask(client, "/refuse").substring(0, 3));
        System.out.println("connections " + client.connectionPool().connectionCount());
    }

    private static String ask(OkHttpClient client, String path) throws Exception {
        try (Response answer = client.newCall(new Request.Builder().url(base + path).build()).execute()) {
            return answer.code() + " " + answer.body().string() + " " + answer.protocol();
        }
    }
}
