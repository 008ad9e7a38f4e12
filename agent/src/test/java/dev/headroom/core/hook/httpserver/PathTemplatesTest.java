package dev.headroom.core.hook.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplatesTest {
    private final PathTemplates templates = new PathTemplates();

    @ParameterizedTest
    @CsvSource({
        "/shop/api/, /items, /shop/api/items",
        "/shop/api, items/, /shop/api/items",
        "/, /, /",
        "'', '', /",
        "/, items, /items",
        "/items, '', /items",
        "/items, '{id: [0-9]+}', '/items/{id}'",
        "/items, '/{ id : [0-9]{2,3} }/parts', '/items/{id}/parts'",
        "/a:b, '{c}:d', '/a:b/{c}:d'"
    })
    void partsOfARoute(String first, String second, String route) {
        assertThat(templates.join(first, second)).isEqualTo(route);
        assertThat(templates.join(first, second)).as("asked again").isSameAs(templates.join(first, second));
    }

    @Test
    void tooManyPartsAreJoinedButNotRemembered() {
        for (int i = 0; i <= PathTemplates.MAX_PARTS; i++) {
            assertThat(templates.join("/" + i, "x")).isEqualTo("/" + i + "/x");
        }
        assertThat(templates.join("/" + PathTemplates.MAX_PARTS, "x"))
                .isNotSameAs(templates.join("/" + PathTemplates.MAX_PARTS, "x"));
    }
}
