package dev.headroom.dashboard.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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
 * gigabytes. All bodies together are held within a part of the heap. Thread-safe.
 */
final class OtlpBody {
    private static final int CHUNK = 64 << 10;
    private static final int PART_OF_HEAP = 4;

    /** Requests of agents are smaller than this; more than this is not made ready on a sender's word alone. */
    private static final int BELIEVED = 1 << 20;

    private final int maxBytes;
    private final BodyMemory memory;

    OtlpBody(int maxBytes) {
        this(maxBytes, new BodyMemory(Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    OtlpBody(int maxBytes, BodyMemory memory) {
        this.maxBytes = maxBytes;
        this.memory = memory;
    }

    /** For one request, to be closed at its end. */
    BodyMemory.Hold hold() {
        return memory.hold();
    }

    /** The bytes as sent; {@link OtlpRefusal} when they are too many. */
    Mono<byte[]> sent(ServerHttpRequest request, BodyMemory.Hold hold) {
        if (request.getHeaders().getContentLength() > maxBytes) {
            return Mono.error(OtlpRefusal.tooLarge(maxBytes));
        }
        return DataBufferUtils.join(request.getBody().map(buffer -> held(buffer, hold)), maxBytes)
                .map(OtlpBody::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(DataBufferLimitException.class, tooLarge -> OtlpRefusal.tooLarge(maxBytes));
    }

    private static DataBuffer held(DataBuffer buffer, BodyMemory.Hold hold) {
        try {
            hold.add(buffer.readableByteCount());
            return buffer;
        } catch (OtlpRefusal refused) {
            DataBufferUtils.release(buffer);
            throw refused;
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** The bytes as meant. Takes CPU time: not for an event loop. */
    byte[] decoded(byte[] sent, HttpHeaders headers, OtlpEncoding encoding, BodyMemory.Hold hold) {
        byte[] decoded = decoded(sent, headers, hold);
        hold.add(decoded.length * (long) encoding.heapPerByte());
        return decoded;
    }

    private byte[] decoded(byte[] sent, HttpHeaders headers, BodyMemory.Hold hold) {
        List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        String encoding = encodings.isEmpty()
                ? "identity"
                : String.join(",", encodings).trim().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "identity", "" -> sent;
            case "gzip", "x-gzip" -> inflate(sent, hold);
            default ->
                throw OtlpRefusal.unsupported(
                        "Content-Encoding \"" + encoding + "\" is not known here; use gzip or identity");
        };
    }

    private byte[] inflate(byte[] gzip, BodyMemory.Hold hold) {
        if (gzip.length == 0) {
            return gzip;
        }
        int first = firstLength(gzip);
        hold.add(first);
        byte[] all = new byte[first];
        int size = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), 8192)) {
            for (int read = in.read(all, 0, all.length); read >= 0; read = in.read(all, size, all.length - size)) {
                size += read;
                if (size == all.length) {
                    int next = in.read();
                    if (next < 0) {
                        break;
                    }
                    all = longer(all, hold);
                    all[size++] = (byte) next;
                }
            }
        } catch (IOException notGzip) {
            throw OtlpRefusal.malformed("Content-Encoding is gzip, but the body is not: " + notGzip.getMessage());
        }
        return size == all.length ? all : Arrays.copyOf(all, size);
    }

    /** What the end of the bytes says that they stand for, if that can be believed; they may say anything. */
    private int firstLength(byte[] gzip) {
        if (gzip.length < Integer.BYTES) {
            return CHUNK;
        }
        int said = ByteBuffer.wrap(gzip, gzip.length - Integer.BYTES, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        return said > 0 && said <= Math.min(maxBytes, BELIEVED) ? said : Math.min(maxBytes, CHUNK);
    }

    private byte[] longer(byte[] all, BodyMemory.Hold hold) {
        if (all.length == maxBytes) {
            throw OtlpRefusal.tooLarge(maxBytes);
        }
        int length = (int) Math.min(maxBytes, Math.max(CHUNK, 2L * all.length));
        hold.add(length - all.length);
        return Arrays.copyOf(all, length);
    }
}
