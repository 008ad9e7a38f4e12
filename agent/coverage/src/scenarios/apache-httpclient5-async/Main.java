import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.util.Timeout;

public final class Main extends HttpCalls {
    private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.client.start();
        main.run();
        main.client.close();
    }

    @Override
    String call(String method, String url, String body) throws Exception {
        SimpleHttpRequest request = new SimpleHttpRequest(method, java.net.URI.create(url));
        if (body != null) {
            request.setBody(body, ContentType.TEXT_PLAIN);
        }
        return read(request);
    }

    private String read(SimpleHttpRequest request) throws Exception {
        SimpleHttpResponse response = client.execute(request, null).get();
        byte[] body = response.getBodyBytes();
        return response.getCode() + " " + (body == null ? 0 : body.length);
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        SimpleHttpRequest request = new SimpleHttpRequest("GET", java.net.URI.create(url));
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.ofMilliseconds(300))
                .build());
        return read(request);
    }

    @Override
    int leave(String url) throws Exception {
        return client.execute(new SimpleHttpRequest("GET", java.net.URI.create(url)), null)
                .get()
                .getCode();
    }

    @Override
    boolean cancels() {
        return true;
    }

    @Override
    void cancel(String url) throws Exception {
        Future<SimpleHttpResponse> call =
                client.execute(new SimpleHttpRequest("GET", java.net.URI.create(url)), null);
        Thread.sleep(500);
        call.cancel(true);
        try {
            call.get();
        } catch (CancellationException expected) {
            System.out.println("cancelled");
        }
    }
}
