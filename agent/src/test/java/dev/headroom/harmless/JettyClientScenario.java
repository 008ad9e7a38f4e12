package dev.headroom.harmless;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;

/** Jetty's client, on the caller's thread and by a listener. */
final class JettyClientScenario extends ClientScenario {
    private HttpClient client;

    @Override
    void open() throws Exception {
        client = new HttpClient();
        client.start();
    }

    @Override
    String call(String url, String body) throws Exception {
        try {
            ContentResponse response = request(url, body).send();
            return response.getStatus() + response.getContentAsString() + response.getHeaders();
        } catch (ExecutionException failed) {
            throw told(failed.getCause());
        }
    }

    /** By its class: the message names ports, and on which of its ways the client's thread failed is chance. */
    private static IOException told(Throwable failure) {
        return new IOException(failure.getClass().getName());
    }

    @Override
    String callElse(String url, String body) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        request(url, body).send(new BufferingResponseListener() {
            @Override
            public void onComplete(Result result) {
                if (result.isFailed()) {
                    answer.completeExceptionally(result.getFailure());
                } else {
                    answer.complete(result.getResponse().getStatus()
                            + getContentAsString()
                            + result.getResponse().getHeaders());
                }
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw told(failed.getCause());
        }
    }

    private Request request(String url, String body) {
        Request request = client.newRequest(url);
        if (body != null) {
            request.method(HttpMethod.POST).body(new StringRequestContent(body));
        }
        return request;
    }

    @Override
    void close() throws Exception {
        client.stop();
    }
}
