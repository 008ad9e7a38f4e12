package dev.headroom.dashboard.ingest;

import dev.headroom.otlp.ElementCount;
import dev.headroom.otlp.OtlpAttributes;
import dev.headroom.otlp.ProtoReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the spans of an ExportTraceServiceRequest (opentelemetry-proto 1.11). Stateless. */
final class OtlpSpans {
    private static final int STATUS_ERROR = 2;

    private OtlpSpans() {}

    /** @throws dev.headroom.otlp.MalformedOtlpException when the bytes are not such a request */
    static List<ResourceSpans> read(byte[] request) {
        List<ResourceSpans> resources = new ArrayList<>();
        ElementCount elements = new ElementCount();
        ProtoReader in = new ProtoReader(request);
        while (in.next()) {
            if (in.field() == 1) {
                elements.another();
                resources.add(resource(in.message(), elements));
            }
        }
        return resources;
    }

    private static ResourceSpans resource(ProtoReader in, ElementCount elements) {
        Map<String, String> resource = new HashMap<>();
        List<ReceivedSpan> spans = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                ProtoReader attributes = in.message();
                while (attributes.next()) {
                    if (attributes.field() == 1) {
                        OtlpAttributes.read(attributes.message(), resource);
                    }
                }
            } else if (in.field() == 2) {
                ProtoReader scope = in.message();
                while (scope.next()) {
                    if (scope.field() == 2) {
                        elements.another();
                        spans.add(span(scope.message()));
                    }
                }
            }
        }
        return new ResourceSpans(resource, spans);
    }

    private static ReceivedSpan span(ProtoReader in) {
        byte[] traceId = {};
        byte[] spanId = {};
        String traceState = "";
        String name = "";
        long kind = 0;
        long start = 0;
        long end = 0;
        boolean failed = false;
        Map<String, String> attributes = new HashMap<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> traceId = in.bytes();
                case 2 -> spanId = in.bytes();
                case 3 -> traceState = in.string();
                case 5 -> name = in.string();
                case 6 -> kind = in.varint();
                case 7 -> start = in.fixed64();
                case 8 -> end = in.fixed64();
                case 9 -> OtlpAttributes.read(in.message(), attributes);
                case 15 -> {
                    ProtoReader status = in.message();
                    while (status.next()) {
                        if (status.field() == 3) {
                            failed = status.varint() == STATUS_ERROR;
                        }
                    }
                }
                default -> {
                    // events, links and what is newer than this reader
                }
            }
        }
        return new ReceivedSpan(
                ReceivedSpan.identity(traceId, spanId),
                ReceivedSpan.Kind.of(kind),
                name,
                start,
                end,
                attributes,
                failed,
                ReceivedSpan.sampled(traceState));
    }
}
