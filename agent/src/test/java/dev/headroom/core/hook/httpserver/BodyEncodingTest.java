package dev.headroom.core.hook.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "text/html;charset=UTF-8, , IDENTITY",
        "application/json, gzip, GZIP",
        "application/json, GZIP, GZIP",
        "application/problem+json, br, BROTLI",
        "image/svg+xml, zstd, ZSTANDARD",
        "text/css, deflate, DEFLATE",
        "text/css, compress, OTHER",
        "text/css, identity, IDENTITY",
        "text/event-stream, , NONE",
        "image/png, , NONE",
        "application/octet-stream, gzip, NONE",
        ", , NONE"
    })
    void whatTheHeadersSay(String contentType, String contentEncoding, BodyEncoding encoding) {
        assertThat(BodyEncoding.of(contentType, contentEncoding)).isEqualTo(encoding);
    }
}
