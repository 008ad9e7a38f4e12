package dev.headroom.dashboard.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;

/** The version of style sheet and script, part of their addresses: browsers may keep them, and still get new ones at once. */
final class Assets {
    private static final List<String> FILES = List.of("/static/app.css", "/static/live.js");

    private Assets() {}

    static String version() {
        CRC32 sum = new CRC32();
        for (String file : FILES) {
            try (InputStream content = Assets.class.getResourceAsStream(file)) {
                if (content == null) {
                    throw new IllegalStateException("The dashboard's jar lacks " + file);
                }
                sum.update(content.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
