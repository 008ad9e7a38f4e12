import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Response;

/** Every second call by a handler. */
public final class Main extends HttpCalls {
    private final AsyncHttpClient client =
            Dsl.asyncHttpClient(Dsl.config().setFollowRedirect(true).setMaxRequestRetry(0));
    private boolean later;

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.run();
        main.client.close();
        System.exit(0);
    }

    @Override
    String call(String method, String url, String body) throws Exception {
        BoundRequestBuilder request = client.prepareRequest(Dsl.request(method, url));
        return read(body == null ? request : request.setBody(body));
    }

    private String read(BoundRequestBuilder request) throws Exception {
        later = !later;
        Response response = later ? handled(request).get() : request.execute().get();
        return response.getStatusCode() + " " + response.getResponseBodyAsBytes().length;
    }

    private static CompletableFuture<Response> handled(BoundRequestBuilder request) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        request.execute(new AsyncCompletionHandler<Response>() {
            @Override
            public Response onCompleted(Response response) {
                answer.complete(response);
                return response;
            }

            @Override
            public void onThrowable(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        return read(client.prepareGet(url).setRequestTimeout(Timeout.OF_300_MS));
    }

    /** Reads no further than the status. */
    @Override
    int leave(String url) throws Exception {
        return client.prepareGet(url).execute(new StatusOnly()).get();
    }

    @Override
    boolean cancels() {
        return true;
    }

    @Override
    void cancel(String url) throws Exception {
        ListenableFuture<Response> call = client.prepareGet(url).execute();
        Thread.sleep(300);
        call.cancel(true);
        try {
            call.get();
        } catch (CancellationException expected) {
            System.out.println("cancelled");
        }
    }

    private static final class StatusOnly implements AsyncHandler<Integer> {
        private int status;

        @Override
        public State onStatusReceived(HttpResponseStatus received) {
            status = received.getStatusCode();
            return State.ABORT;
        }

        @Override
        public State onHeadersReceived(io.netty.handler.codec.http.HttpHeaders headers) {
            return State.ABORT;
        }

        @Override
        public State onBodyPartReceived(HttpResponseBodyPart part) {
            return State.ABORT;
        }

        @Override
        public void onThrowable(Throwable failure) {}

        @Override
        public Integer onCompleted() {
            return status;
        }
    }
}
