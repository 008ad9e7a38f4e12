package dev.headroom.harmless;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.http.HttpResponse;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpAsyncClient 4, by its future and by a callback. */
final class ApacheAsyncScenario extends ClientScenario {
    private CloseableHttpAsyncClient client;

    @Override
    void open() {
        client = HttpAsyncClients.createDefault();
        client.start();
    }

    @Override
    String call(String url, String body) throws Exception {
        return read(client.execute(ApacheScenario.request(url, body), null).get());
    }

    @Override
    String callElse(String url, String body) throws Exception {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        client.execute(ApacheScenario.request(url, body), new FutureCallback<>() {
            @Override
            public void completed(HttpResponse response) {
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

    private static String read(HttpResponse response) throws Exception {
        return response.getStatusLine()
                + EntityUtils.toString(response.getEntity())
                + Arrays.toString(response.getAllHeaders());
    }

    @Override
    void close() throws Exception {
        client.close();
    }
}
