import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

public final class Main extends HttpCalls {
    private final CloseableHttpClient client = HttpClients.createDefault();

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        HttpGet created = new HttpGet("http://127.0.0.1:" + System.getProperty("http.port") + "/status/201");
        try (CloseableHttpClient minimal = HttpClients.createMinimal();
                CloseableHttpResponse response = minimal.execute(created)) {
            System.out.println(EntityUtils.toString(response.getEntity()));
        }
        main.also("201");
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
        try (CloseableHttpResponse response = client.execute(request)) {
            HttpEntity entity = response.getEntity();
            int length = entity == null ? 0 : EntityUtils.toByteArray(entity).length;
            return response.getStatusLine().getStatusCode() + " " + length;
        }
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        HttpGet request = new HttpGet(url);
        request.setConfig(RequestConfig.custom().setSocketTimeout(300).build());
        return read(request);
    }

    @Override
    int leave(String url) throws Exception {
        try (CloseableHttpResponse response = client.execute(new HttpGet(url))) {
            return response.getStatusLine().getStatusCode();
        }
    }
}
