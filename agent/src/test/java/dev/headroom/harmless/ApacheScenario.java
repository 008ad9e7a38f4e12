package dev.headroom.harmless;

import java.io.IOException;
import java.util.Arrays;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4, with a response in hand and with a handler of responses. */
final class ApacheScenario extends ClientScenario {
    private CloseableHttpClient client;

    @Override
    void open() {
        client = HttpClients.createDefault();
    }

    @Override
    String call(String url, String body) throws IOException {
        try (CloseableHttpResponse response = client.execute(request(url, body))) {
            return response.getStatusLine()
                    + EntityUtils.toString(response.getEntity())
                    + Arrays.toString(response.getAllHeaders());
        }
    }

    @Override
    String callElse(String url, String body) throws IOException {
        return client.execute(
                request(url, body), response -> response.getStatusLine() + EntityUtils.toString(response.getEntity()));
    }

    static HttpUriRequest request(String url, String body) throws IOException {
        if (body == null) {
            return new HttpGet(url);
        }
        HttpPost post = new HttpPost(url);
        post.setEntity(new StringEntity(body));
        return post;
    }

    @Override
    void close() throws IOException {
        client.close();
    }
}
