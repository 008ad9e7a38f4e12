import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.params.HttpConnectionParams;
import org.apache.http.util.EntityUtils;

/** The client of before 4.3, which later versions still have. */
@SuppressWarnings("deprecation")
public final class Main extends HttpCalls {
    private final DefaultHttpClient client = new DefaultHttpClient();

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
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
        HttpResponse response = client.execute(request);
        HttpEntity entity = response.getEntity();
        int length = entity == null ? 0 : EntityUtils.toByteArray(entity).length;
        return response.getStatusLine().getStatusCode() + " " + length;
    }

    @Override
    String callWithTimeout(String url) throws Exception {
        HttpGet request = new HttpGet(url);
        HttpConnectionParams.setSoTimeout(request.getParams(), 300);
        return read(request);
    }

    @Override
    int leave(String url) throws Exception {
        try (CloseableHttpResponse response = client.execute(new HttpGet(url))) {
            return response.getStatusLine().getStatusCode();
        }
    }
}
