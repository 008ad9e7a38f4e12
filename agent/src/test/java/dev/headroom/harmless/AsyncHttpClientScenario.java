package dev.headroom.harmless;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.Response;

/** AsyncHttpClient, by its future and by a handler. */
final class AsyncHttpClientScenario extends ClientScenario {
    private AsyncHttpClient client;

    @Override
    void open() {
        client = Dsl.asyncHttpClient(Dsl.config().setFollowRedirect(true));
    }

    @Override
    String call(String url, String body) throws Exception {
        try {
            return read(request(url, body).execute().get());
        } catch (ExecutionException failed) {
            throw told(failed.getCause());
        }
    }

    @Override
    String callElse(String url, String body) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        request(url, body).execute(new AsyncCompletionHandler<>() {
            @Override
            public Response onCompleted(Response response) {
                answer.complete(read(response));
                return response;
            }

            @Override
            public void onThrowable(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw told(failed.getCause());
        }
    }

    /** By its class: on which of its ways the client's thread failed is chance. */
    private static IOException told(Throwable failure) {
        return new IOException(failure.getClass().getName());
    }

    private BoundRequestBuilder request(String url, String body) {
        return body == null ? client.prepareGet(url) : client.preparePost(url).setBody(body);
    }

    private static String read(Response response) {
        return response.getStatusCode() + response.getResponseBody() + response.getHeaders();
    }

    @Override
    void close() throws Exception {
        client.close();
    }
}
