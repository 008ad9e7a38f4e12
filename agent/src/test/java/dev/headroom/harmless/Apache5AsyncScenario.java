package dev.headroom.harmless;

import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;

/** The asynchronous Apache HttpClient 5, by its future and by a callback. */
final class Apache5AsyncScenario extends ClientScenario {
    private CloseableHttpAsyncClient client;

    @Override
    void open() {
        client = HttpAsyncClients.createDefault();
        client.start();
    }

    @Override
    String call(String url, String body) throws Exception {
        return read(client.execute(request(url, body), null).get());
    }

    @Override
    String callElse(String url, String body) throws Exception {
        CompletableFuture<SimpleHttpResponse> answer = new CompletableFuture<>();
        client.execute(request(url, body), new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                answer.complete(response);
            }

            @Override
            public void failed(Exception failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void cancelled() {
                answer.cancel(false);
            }
        });
        return read(answer.get());
    }

    private static SimpleHttpRequest request(String url, String body) {
        SimpleHttpRequest request = new SimpleHttpRequest(body == null ? "GET" : "POST", URI.create(url));
        if (body != null) {
            request.setBody(body, ContentType.TEXT_PLAIN);
        }
        return request;
    }

    private static String read(SimpleHttpResponse response) {
        return response.getCode() + response.getBodyText() + Arrays.toString(response.getHeaders());
    }

    @Override
    void close() throws Exception {
        client.close();
    }
}
