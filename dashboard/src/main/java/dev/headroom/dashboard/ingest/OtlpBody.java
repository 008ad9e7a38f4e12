package dev.headroom.dashboard.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Reads a request's body and never holds more than the limit of it, nor inflates more: a few kilobytes of gzip can stand for
 * gigabytes. Thread-safe.
 */
final class OtlpBody {
    private final int maxBytes;

    OtlpBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The bytes as sent; {@link OtlpRefusal} when they are too many. */
    Mono<byte[]> sent(ServerHttpRequest request) {
        if (request.getHeaders().getContentLength() > maxBytes) {
            return Mono.error(OtlpRefusal.tooLarge(maxBytes));
        }
        return DataBufferUtils.join(request.getBody(), maxBytes)
                .map(OtlpBody::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(DataBufferLimitException.class, tooLarge -> OtlpRefusal.tooLarge(maxBytes));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** The bytes as meant. Takes CPU time: not for an event loop. */
    byte[] decoded(byte[] sent, HttpHeaders headers) {
        List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        String encoding = encodings.isEmpty()
                ? "identity"
                : String.join(",", encodings).trim().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "identity", "" -> sent;
            case "gzip", "x-gzip" -> inflate(sent);
            default ->
                throw OtlpRefusal.unsupported(
                        "Content-Encoding \"" + encoding + "\" is not known here; use gzip or identity");
        };
    }

    private byte[] inflate(byte[] gzip) {
        if (gzip.length == 0) {
            return gzip;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 8192)) {
            byte[] inflated = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw OtlpRefusal.tooLarge(maxBytes);
            }
            return inflated;
        } catch (IOException notGzip) {
            throw OtlpRefusal.malformed("Content-Encoding is gzip, but the body is not: " + notGzip.getMessage());
        }
    }
}
