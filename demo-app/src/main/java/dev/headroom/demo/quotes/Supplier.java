package dev.headroom.demo.quotes;

import dev.headroom.demo.DemoProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** The supplier's price service. */
@Component
class Supplier {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final URI base;

    Supplier(DemoProperties properties) {
        base = properties.supplier();
    }

    /** The price in cents; empty when the supplier gives none. */
    OptionalLong priceCents(long productId) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/prices/" + productId))
                .timeout(Duration.ofSeconds(2))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        return answer.statusCode() == 200
                ? OptionalLong.of(Long.parseLong(answer.body().trim()))
                : OptionalLong.empty();
    }
}
