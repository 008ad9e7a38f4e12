import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

public final class Main extends HttpCalls {
    private final HttpClient client = HttpClient.create().followRedirect(true);

    public static void main(String[] arguments) throws Exception {
        new Main().run();
        System.exit(0);
    }

    @Override
    String call(String method, String url, String body) {
        return read(client, method, url, body);
    }

    private static String read(HttpClient with, String method, String url, String body) {
        return with.request(HttpMethod.valueOf(method))
                .uri(url)
                .send(body == null ? Mono.empty() : ByteBufFlux.fromString(Mono.just(body)))
                .responseSingle((response, content) -> content.asByteArray()
                        .map(bytes -> bytes.length)
                        .defaultIfEmpty(0)
                        .map(length -> response.status().code() + " " + length))
                .block();
    }

    @Override
    String callWithTimeout(String url) {
        return read(client.responseTimeout(Duration.ofMillis(300)), "GET", url, null);
    }

    @Override
    int leave(String url) {
        return client.get().uri(url).response().block().status().code();
    }

    @Override
    boolean cancels() {
        return true;
    }

    @Override
    void cancel(String url) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        Disposable call = client.get()
                .uri(url)
                .response()
                .doOnCancel(cancelled::countDown)
                .subscribe();
        Thread.sleep(500);
        call.dispose();
        cancelled.await();
        System.out.println("cancelled");
    }

    @Override
    Throwable cause(Exception failure) {
        return Exceptions.unwrap(failure);
    }

    @Override
    boolean carries() {
        return false;
    }
}
