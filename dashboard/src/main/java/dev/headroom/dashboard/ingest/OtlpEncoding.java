package dev.headroom.dashboard.ingest;

import dev.headroom.otlp.ProtoWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The two encodings of OTLP over HTTP; an answer is always in the request's. Thread-safe. */
enum OtlpEncoding {
    PROTOBUF("application/x-protobuf", 4) {
        @Override
        byte[] response(OtlpSignal signal, long rejected, String message) {
            ProtoWriter out = new ProtoWriter();
            if (rejected > 0 || !message.isEmpty()) {
                int partial = out.begin(1);
                out.varint(1, rejected);
                out.string(2, message);
                out.end(partial);
            }
            return out.toByteArray();
        }

        @Override
        byte[] status(int code, String message) {
            ProtoWriter out = new ProtoWriter();
            out.varint(1, code);
            out.string(2, message);
            return out.toByteArray();
        }
    },
    JSON("application/json", 16) {
        @Override
        byte[] response(OtlpSignal signal, long rejected, String message) {
            ObjectNode answer = MAPPER.createObjectNode();
            if (rejected > 0 || !message.isEmpty()) {
                answer.putObject("partialSuccess")
                        .put(signal.rejectedField(), Long.toString(rejected))
                        .put("errorMessage", message);
            }
            return answer.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        byte[] status(int code, String message) {
            return MAPPER.createObjectNode()
                    .put("code", code)
                    .put("message", message)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String mediaType;
    private final int heapPerByte;

    OtlpEncoding(String mediaType, int heapPerByte) {
        this.mediaType = mediaType;
        this.heapPerByte = heapPerByte;
    }

    /** What one byte of an ordinary request becomes while it is read. */
    int heapPerByte() {
        return heapPerByte;
    }

    /** By Content-Type; null when it is neither. */
    static @Nullable OtlpEncoding of(@Nullable MediaType type) {
        for (OtlpEncoding encoding : values()) {
            if (type != null && type.equalsTypeAndSubtype(encoding.mediaType())) {
                return encoding;
            }
        }
        return null;
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    /** Export...ServiceResponse; full success when nothing was rejected and there is nothing to say. */
    abstract byte[] response(OtlpSignal signal, long rejected, String message);

    /** google.rpc.Status. */
    abstract byte[] status(int code, String message);
}
