import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.netty.http.client.HttpClient;

public final class Main extends HttpCalls {
    private final HttpClient netty = HttpClient.create().followRedirect(true);
    private final WebClient client = client(netty);

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.byTemplate(main.client);
        main.byTemplate(WebClient.builder().clientConnector(new JdkClientHttpConnector()).build());
        Expect.count(METRIC, 6, "url.template=/items/{id}", "http.response.status_code=200");
        Expect.none(METRIC, "url.template=/ok");
        main.run();
        System.exit(0);
    }

    private static WebClient client(HttpClient netty) {
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(netty))
                .build();
    }

    /** The template is known while the request is written: on a thread of Netty's, or before the JDK's client is asked. */
    private void byTemplate(WebClient with) {
        for (int i = 0; i < 3; i++) {
            also("200");
            String read = with.get().uri(base + "/items/{id}?size={size}", i, "xl").retrieve().bodyToMono(String.class).block();
            System.out.println(read);
        }
    }

    @Override
    String call(String method, String url, String body) {
        return read(client, method, url, body);
    }

    private static String read(WebClient with, String method, String url, String body) {
        WebClient.RequestBodySpec request = with.method(HttpMethod.valueOf(method)).uri(url);
        if (body != null) {
            request.bodyValue(body);
        }
        try {
            byte[] read = request.retrieve().bodyToMono(byte[].class).block();
            int length = read == null ? 0 : read.length;
            return (url.endsWith("204") ? "204 " : "200 ") + length;
        } catch (WebClientResponseException answered) {
            if (answered.getCause() != null) {
                throw answered;
            }
            return answered.getStatusCode().value() + " " + answered.getResponseBodyAsByteArray().length;
        }
    }

    @Override
    String callWithTimeout(String url) {
        return read(client(netty.responseTimeout(Duration.ofMillis(300))), "GET", url, null);
    }

    @Override
    int leave(String url) {
        return client.get().uri(url).retrieve().toBodilessEntity().block().getStatusCode().value();
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
                .retrieve()
                .bodyToMono(String.class)
                .doOnCancel(cancelled::countDown)
                .subscribe();
        Thread.sleep(500);
        call.dispose();
        cancelled.await();
        System.out.println("cancelled");
    }

    @Override
    Throwable cause(Exception failure) {
        Throwable cause = Exceptions.unwrap(failure);
        boolean wrapped = cause instanceof WebClientRequestException || cause instanceof WebClientResponseException;
        return wrapped && cause.getCause() != null ? cause.getCause() : cause;
    }

    @Override
    boolean carries() {
        return false;
    }
}
