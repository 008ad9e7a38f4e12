package dev.headroom.harmless;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp 3, on the caller's thread and on the client's. */
final class OkHttpScenario extends ClientScenario {
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
            public void onFailure(Call call, IOException failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onResponse(Call call, Response response) throws IOException {
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
        return response + response.body().string() + response.headers();
    }

    @Override
    void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
