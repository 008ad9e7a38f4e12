package dev.headroom.demo.journal;

import dev.headroom.demo.DemoProperties;
import java.net.http.HttpClient;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The language model behind the chat: slow, paid for by the call, and now and then it fails. */
@Component
class LanguageModel {
    private final RestClient http;

    LanguageModel(DemoProperties properties) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.patience())
                .build());
        requests.setReadTimeout(properties.patience());
        this.http = RestClient.builder()
                .baseUrl(properties.outside().toString())
                .requestFactory(requests)
                .build();
    }

    /** Throws RestClientException when the model fails or takes longer than the patience. */
    String reply(String traits, int linesBefore, String message) {
        String reply = http.post()
                .uri("/llm")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("traits", traits, "before", linesBefore, "message", message))
                .retrieve()
                .body(String.class);
        return reply == null ? "" : reply;
    }

    /** Whether it answers at all. */
    void ping() {
        http.get().uri("/llm/health").retrieve().toBodilessEntity();
    }
}
