package dev.headroom.dashboard.run;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as JSON and back. Stateless and thread-safe. */
public final class RunJson {
    // What a newer dashboard added does not keep an older command line from reading the rest.
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RunJson() {}

    /** On one line. */
    public static String write(Object record) {
        return JSON.writeValueAsString(record);
    }

    /** For people to read. */
    public static String pretty(RunResult result) {
        return JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result) + "\n";
    }

    /** @throws IllegalArgumentException when the text is none */
    public static RunResult result(String text) {
        return read(text, RunResult.class);
    }

    static <T> T read(String text, Class<T> type) {
        try {
            T read = JSON.readValue(text, type);
            if (read == null) {
                throw new IllegalArgumentException("Found null, expected a result");
            }
            return read;
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("No result: " + malformed.getOriginalMessage(), malformed);
        }
    }
}
