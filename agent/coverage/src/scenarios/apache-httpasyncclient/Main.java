import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;

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
        HttpRequestBase request;
        if (method.equals("POST")) {
            HttpPost post = new HttpPost(url);
            post.setEntity(new StringEntity(body));
            request = post;
        } else {
            request = new HttpGet(url);
        }
        return read(request);
    }

    private String read(HttpRequestBase request) throws Exception {
        HttpResponse response = client.execute(request, null).get();
        int length = response.getEntity() == null ? 0 : EntityUtils.toByteArray(response.getEntity()).length;
        return response.getStatusLine().getStatusCode() + " " + length;
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        HttpGet request = new HttpGet(url);
        request.setConfig(RequestConfig.custom().setSocketTimeout(300).build());
        return read(request);
    }

    @Override
    int leave(String url) throws Exception {
        return client.execute(new HttpGet(url), null).get().getStatusLine().getStatusCode();
    }

    @Override
    boolean cancels() {
        return true;
    }

    @Override
    void cancel(String url) throws Exception {
        Future<HttpResponse> call = client.execute(new HttpGet(url), null);
        Thread.sleep(300); // The server counts it with the agent and without.
        call.cancel(true);
        try {
            call.get();
        } catch (CancellationException expected) {
            System.out.println("cancelled");
        }
    }
}
