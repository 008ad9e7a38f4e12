package dev.headroom.core.weave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a stream to its end, as Java 9 could. Stateless. */
final class ClassBytes {
    private ClassBytes() {}

    static byte[] of(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
        byte[] part = new byte[8_192];
        for (int length = in.read(part); length >= 0; length = in.read(part)) {
            bytes.write(part, 0, length);
        }
        return bytes.toByteArray();
    }
}
