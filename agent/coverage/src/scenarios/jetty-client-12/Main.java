import java.io.InputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.StringRequestContent;

/** Jetty 12. Every second call by a listener. */
public final class Main extends HttpCalls {
    private final HttpClient client = new HttpClient();
    private boolean later;

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.client.start();
        main.run();
        main.client.stop();
        System.exit(0);
    }

    @Override
    String call(String method, String url, String body) throws Exception {
        Request request = client.newRequest(url).method(method);
        return read(body == null ? request : request.body(new StringRequestContent(body)));
    }

    private String read(Request request) throws Exception {
        later = !later;
        if (later) {
            return sent(request).get();
        }
        var response = request.send();
        return response.getStatus() + " " + response.getContent().length;
    }

    private static CompletableFuture<String> sent(Request request) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        request.send(new BufferingResponseListener() {
            @Override
            public void onComplete(Result result) {
                if (result.isFailed()) {
                    answer.completeExceptionally(result.getFailure());
                } else {
                    byte[] content = getContent();
                    answer.complete(result.getResponse().getStatus() + " " + (content == null ? 0 : content.length));
                }
            }
        });
        return answer;
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        return read(client.newRequest(url).timeout(300, TimeUnit.MILLISECONDS));
    }

    @Override
    int leave(String url) throws Exception {
        InputStreamResponseListener listener = new InputStreamResponseListener();
        client.newRequest(url).send(listener);
        try (InputStream ignored = listener.getInputStream()) {
            return listener.get(10, TimeUnit.SECONDS).getStatus();
        }
    }

    @Override
    boolean cancels() {
        return true;
    }

    @Override
    void cancel(String url) throws Exception {
        Request request = client.newRequest(url);
        CompletableFuture<String> answer = sent(request);
        Thread.sleep(300);
        request.abort(new CancellationException());
        try {
            answer.get();
        } catch (CancellationException | ExecutionException expected) {
            System.out.println("cancelled");
        }
    }
}
