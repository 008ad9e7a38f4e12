package dev.headroom.harmless;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Apache HttpClient 5, with a response in hand and with a handler of responses. */
final class Apache5Scenario extends ClientScenario {
    private CloseableHttpClient client;

    @Override
    void open() {
        client = HttpClients.createDefault();
    }

    @Override
    String call(String url, String body) throws IOException, ParseException {
        try (CloseableHttpResponse response = client.execute(request(url, body))) {
            return response.getCode()
                    + EntityUtils.toString(response.getEntity())
                    + Arrays.toString(response.getHeaders());
        }
    }

    @Override
    String callElse(String url, String body) throws IOException {
        return client.execute(
                request(url, body), response -> response.getCode() + EntityUtils.toString(response.getEntity()));
    }

    private static HttpUriRequestBase request(String url, String body) {
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
