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
        "http://shop/search?q={q}, /search"
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
        assertThat(paths.of("/customers/0/orders/{id}")).isEqualTo("/customers/0/orders/{id}");
    }
}
