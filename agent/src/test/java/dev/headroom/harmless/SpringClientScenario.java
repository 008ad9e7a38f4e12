package dev.headroom.harmless;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring's clients, called by template: RestTemplate over the JDK's connections, WebClient over Reactor Netty. */
final class SpringClientScenario extends ClientScenario {
    private RestTemplate rest;
    private WebClient web;

    @Override
    void open() {
        rest = new RestTemplate(new SimpleClientHttpRequestFactory());
        web = WebClient.create();
    }

    @Override
    String call(String url, String body) {
        String base = url.substring(0, url.lastIndexOf('/'));
        String page = url.substring(url.lastIndexOf('/') + 1);
        ResponseEntity<String> answer = body == null
                ? rest.getForEntity(base + "/{page}", String.class, page)
                : rest.postForEntity(base + "/{page}", body, String.class, page);
        return answer.getStatusCode() + answer.getBody() + answer.getHeaders();
    }

    @Override
    String callElse(String url, String body) {
        String base = url.substring(0, url.lastIndexOf('/'));
        WebClient.RequestBodySpec request = web.method(body == null ? HttpMethod.GET : HttpMethod.POST)
                .uri(base + "/{page}", url.substring(url.lastIndexOf('/') + 1));
        if (body != null) {
            request.bodyValue(body);
        }
        return request.retrieve().bodyToMono(String.class).block();
    }

    @Override
    void close() {
        // Their connections are the JVM's.
    }
}
