package dev.headroom.harmless;

import com.squareup.okhttp.Callback;
import com.squareup.okhttp.MediaType;
import com.squareup.okhttp.OkHttpClient;
import com.squareup.okhttp.Request;
import com.squareup.okhttp.RequestBody;
import com.squareup.okhttp.Response;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** OkHttp 2, on the caller's thread and on the client's. */
final class OkHttp2Scenario extends ClientScenario {
    private OkHttpClient client;

    @Override
    void open() {
        client = new OkHttpClient();
    }

    @Override
    String call(String url, String body) throws IOException {
        return read(client.newCall(request(url, body)).execute());
    }

    @Override
    String callElse(String url, String body) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        client.newCall(request(url, body)).enqueue(new Callback() {
            @Override
            public void onFailure(Request request, IOException failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onResponse(Response response) throws IOException {
                try {
                    answer.complete(read(response));
                } catch (IOException cut) {
                    answer.completeExceptionally(cut);
                    throw cut;
                }
            }
        });
        return answer.get();
    }

    private static Request request(String url, String body) {
        Request.Builder request = new Request.Builder().url(url);
        if (body != null) {
            request.post(RequestBody.create(MediaType.parse("text/plain"), body));
        }
        return request.build();
    }

    private static String read(Response response) throws IOException {
        return response + response.body().string();
    }

    @Override
    void close() {
        client.getDispatcher().getExecutorService().shutdown();
    }
}
