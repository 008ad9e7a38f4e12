package dev.headroom.harmless;

import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** Reactor Netty's client, waited for and asked from another thread. */
final class ReactorClientScenario extends ClientScenario {
    private HttpClient client;

    @Override
    void open() {
        client = HttpClient.create().followRedirect(true);
    }

    @Override
    String call(String url, String body) {
        return answer(url, body).block();
    }

    @Override
    String callElse(String url, String body) throws Exception {
        return answer(url, body).map(seen -> seen + "!").toFuture().get();
    }

    private Mono<String> answer(String url, String body) {
        return client.request(body == null ? HttpMethod.GET : HttpMethod.POST)
                .uri(url)
                .send(
                        body == null
                                ? Mono.empty()
                                : ByteBufFlux.fromString(Mono.just(body)).aggregate())
                .responseSingle((response, content) ->
                        content.asString().map(text -> response.status() + text + response.responseHeaders()));
    }

    @Override
    void close() {
        // Its threads and connections are the JVM's.
    }
}
