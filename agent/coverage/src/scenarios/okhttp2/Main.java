import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import com.squareup.okhttp.Call;
import com.squareup.okhttp.Callback;
import com.squareup.okhttp.MediaType;
import com.squareup.okhttp.OkHttpClient;
import com.squareup.okhttp.Request;
import com.squareup.okhttp.RequestBody;
import com.squareup.okhttp.Response;
import com.squareup.okhttp.ResponseBody;

/** Every second call through the dispatcher. */
public final class Main extends HttpCalls {
    private final OkHttpClient client = new OkHttpClient();
    private boolean later;

    public static void main(String[] arguments) throws Exception {
        new Main().run();
        System.exit(0);
    }

    @Override
    String call(String method, String url, String body) throws Exception {
        RequestBody sent = body == null ? null : RequestBody.create(MediaType.parse("text/plain"), body);
        return read(client, new Request.Builder().url(url).method(method, sent).build());
    }

    private String read(OkHttpClient with, Request request) throws Exception {
        later = !later;
        Call call = with.newCall(request);
        Response response = later ? enqueued(call).get() : call.execute();
        try (ResponseBody body = response.body()) {
            return response.code() + " " + body.bytes().length;
        }
    }

    private static CompletableFuture<Response> enqueued(Call call) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onFailure(Request failed, IOException failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onResponse(Response response) {
                answer.complete(response);
            }
        });
        return answer;
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        OkHttpClient impatient = client.clone();
        impatient.setReadTimeout(300, TimeUnit.MILLISECONDS);
        return read(impatient, new Request.Builder().url(url).build());
    }

    @Override
    int leave(String url) throws Exception {
        Response response = client.newCall(new Request.Builder().url(url).build()).execute();
        response.body().close();
        return response.code();
    }

    @Override
    boolean cancels() {
        return true;
    }

    @Override
    void cancel(String url) throws Exception {
        Call call = client.newCall(new Request.Builder().url(url).build());
        CompletableFuture<Response> answer = enqueued(call);
        Thread.sleep(500);
        call.cancel();
        try {
            answer.get();
        } catch (java.util.concurrent.ExecutionException expected) {
            System.out.println("cancelled");
        }
    }

    @Override
    boolean carries() {
        return false;
    }
}
