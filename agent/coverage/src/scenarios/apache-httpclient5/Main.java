import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

@SuppressWarnings("deprecation")
public final class Main extends HttpCalls {
    private final CloseableHttpClient client = HttpClients.createDefault();

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.run();
        main.client.close();
    }

    @Override
    String call(String method, String url, String body) throws Exception {
        HttpUriRequestBase request;
        if (method.equals("POST")) {
            request = new HttpPost(url);
            request.setEntity(new StringEntity(body));
        } else {
            request = new HttpGet(url);
        }
        return read(request);
    }

    private String read(HttpUriRequestBase request) throws Exception {
        try (CloseableHttpResponse response = client.execute(request)) {
            HttpEntity entity = response.getEntity();
            int length = entity == null ? 0 : EntityUtils.toByteArray(entity).length;
            return response.getCode() + " " + length;
        }
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        HttpGet request = new HttpGet(url);
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.ofMilliseconds(300))
                .build());
        return read(request);
    }

    @Override
    int leave(String url) throws Exception {
        try (CloseableHttpResponse response = client.execute(new HttpGet(url))) {
            return response.getCode();
        }
    }
}
