package dev.headroom.core.hook.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatePathsTest {
    private final TemplatePaths paths = new TemplatePaths();

    @ParameterizedTest
    @CsvSource({
        "/orders/{id}, /orders/{id}",
        "orders/{id}, /orders/{id}",
        "http://shop:8080/orders/{id}, /orders/{id}",
        "http://{host}:{port}/orders/{id}, /orders/{id}",
        "https://jane:secret@shop/orders/{id}, /orders/{id}",
        "/orders/{id}?token=secret&size={size}, /orders/{id}",
        "/search?q={q}, /search",
        "/orders/{id}#{part}, /orders/{id}",
        "'/orders/{id:[a-z]?}/x?y', '/orders/{id:[a-z]?}/x'",
        "{url}, {url}",
        "http://shop/search?q={q}, /search",
        "/api/v1.12/oauth2/{id}, /api/v1.12/oauth2/{id}",
        "/orders/17/items/{id}, /orders/{*}/items/{id}",
        "/users/jane@example.org/{id}, /users/{*}/{id}",
        "/users/jane%20doe/{id}, /users/{*}/{id}",
        "/users;name=jane/{id}, /{*}/{id}",
        "/users/7f3a9c0e/{id}/x-{id}-y, /users/{*}/{id}/x-{id}-y",
        "/keys/k3y7z9q/{id}, /keys/{*}/{id}",
        "/a/{b:[0-9]{4}/x}/{id}, /a/{b:[0-9]{4}/x}/{id}"
    })
    void thePathOfATemplate(String written, String path) {
        assertThat(paths.of(written)).isEqualTo(path);
        assertThat(paths.of(written)).as("asked again").isSameAs(paths.of(written));
    }

    @ParameterizedTest
    @CsvSource({"/orders/17", "http://shop/orders/jane", "http://{host}", "http://{host}/orders/17", "?q={q}"})
    void whatMayBeAUrlIsNoTemplate(String written) {
        assertThat(paths.of(written)).isNull();
    }

    @Test
    void nothingWritten() {
        assertThat(paths.of(null)).isNull();
        assertThat(paths.of("/" + "x".repeat(2_000) + "{id}")).isNull();
        assertThat(paths.of("/" + "x".repeat(300) + "{id}")).isNull();
    }

    @Test
    void applicationsThatPutTemplatesTogetherDoNotFillTheMemory() {
        for (int i = 0; i < TemplatePaths.MAX_TEMPLATES; i++) {
            assertThat(paths.of("/customers/" + i + "/orders/{id}")).isNotNull();
        }
        assertThat(paths.of("/one/more/{id}")).isNull();
        assertThat(paths.of("/customers/0/orders/{id}")).isEqualTo("/customers/{*}/orders/{id}");
    }
}
