import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Every second call without blocking. */
public final class Main extends HttpCalls {
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private boolean later;

    public static void main(String[] arguments) throws Exception {
        new Main().run();
    }

    @Override
    String call(String method, String url, String body) throws Exception {
        HttpRequest.BodyPublisher sent =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return read(HttpRequest.newBuilder(URI.create(url)).method(method, sent).build());
    }

    private String read(HttpRequest request) throws Exception {
        later = !later;
        HttpResponse<byte[]> response = later
                ? client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).get()
                : client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return response.statusCode() + " " + response.body().length;
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        return read(HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMillis(300))
                .build());
    }

    @Override
    int leave(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Override
    boolean cancels() {
        return true;
    }

    @Override
    void cancel(String url) throws Exception {
        CompletableFuture<HttpResponse<Void>> call = client.sendAsync(
                HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
        Thread.sleep(500);
        call.cancel(true);
        try {
            call.get();
        } catch (CancellationException | ExecutionException expected) {
            System.out.println("cancelled");
        }
    }
}
