package dev.headroom.otlp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes an ExportMetricsServiceRequest (opentelemetry-proto 1.11), from any sender. Summaries are skipped and counted in
 * {@link Result#unsupported}; points without a time or flagged "no recorded value" are left out and counted too. Thread-safe.
 */
public final class OtlpMetricsReader {
    private static final int DELTA = 1;
    private static final int NO_RECORDED_VALUE = 1;

    private final PointFields fields = new PointFields();
    private final List<ResourceMetrics> resources = new ArrayList<>();
    private final ElementCount elements = new ElementCount();
    private final byte[] source;
    private final AttributeCache attributes;
    private int unsupported;
    private int withoutTime;

    private OtlpMetricsReader(byte[] source, AttributeCache attributes) {
        this.source = source;
        this.attributes = attributes;
    }

    /** What a request held. */
    public static final class Result {
        private final List<ResourceMetrics> resources;
        private final int unsupported;
        private final int withoutTime;

        /**
         * @param unsupported points of kinds that are not kept (summaries, negative ranges, buckets that do not add up)
         * @param withoutTime points rejected because their time was 0
         */
        public Result(List<ResourceMetrics> resources, int unsupported, int withoutTime) {
            this.resources = resources;
            this.unsupported = unsupported;
            this.withoutTime = withoutTime;
        }

        public List<ResourceMetrics> resources() {
            return resources;
        }

        public int unsupported() {
            return unsupported;
        }

        public int withoutTime() {
            return withoutTime;
        }
    }

    /** @throws MalformedOtlpException when the bytes are not such a request */
    public static Result read(byte[] request) {
        return read(request, new AttributeCache());
    }

    /**
     * The same for who reads many requests of the same senders.
     *
     * @param attributes read before and now
     */
    public static Result read(byte[] request, AttributeCache attributes) {
        OtlpMetricsReader reader = new OtlpMetricsReader(request, attributes);
        ProtoReader in = new ProtoReader(request);
        while (in.next()) {
            if (in.field() == 1) {
                reader.elements.another();
                reader.resourceMetrics(in.message());
            }
        }
        return new Result(reader.resources, reader.unsupported, reader.withoutTime);
    }

    private void resourceMetrics(ProtoReader in) {
        Map<String, String> resource = new HashMap<>();
        List<MetricPoint> points = new ArrayList<>();
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
                        metric(scope.message(), points);
                    }
                }
            }
        }
        resources.add(new ResourceMetrics(resource, points));
    }

    private void metric(ProtoReader in, List<MetricPoint> points) {
        String name = "";
        String unit = "";
        MetricPoint.Type type = null;
        boolean delta = false;
        boolean monotonic = false;
        List<ProtoReader> raw = new ArrayList<>();
        while (in.next()) {
            switch (in.field()) {
                case 1:
                    name = in.string();
                    continue;
                case 3:
                    unit = in.string();
                    continue;
                case 5:
                    type = MetricPoint.Type.GAUGE;
                    break;
                case 7:
                    type = MetricPoint.Type.SUM;
                    break;
                case 9:
                    type = MetricPoint.Type.EXPLICIT;
                    break;
                case 10:
                    type = MetricPoint.Type.EXPONENTIAL;
                    break;
                case 11:
                    ProtoReader summary = in.message();
                    while (summary.next()) {
                        if (summary.field() == 1) {
                            unsupported++;
                        }
                    }
                    continue;
                default:
                    continue;
            }
            ProtoReader data = in.message();
            while (data.next()) {
                switch (data.field()) {
                    case 1:
                        elements.another();
                        raw.add(data.message());
                        break;
                    case 2:
                        delta = data.varint() == DELTA;
                        break;
                    case 3:
                        monotonic = data.varint() != 0;
                        break;
                    default:
                }
            }
        }
        if (type != null) {
            for (ProtoReader point : raw) {
                fields.read(point, type);
                keep(name, unit, type, delta, monotonic, points);
            }
        }
    }

    private void keep(
            String name,
            String unit,
            MetricPoint.Type type,
            boolean delta,
            boolean monotonic,
            List<MetricPoint> points) {
        if ((fields.flags & NO_RECORDED_VALUE) != 0) {
            return;
        }
        if (fields.timeNanos == 0) {
            withoutTime++;
            return;
        }
        switch (type) {
            case SUM:
                points.add(MetricPoint.sum(
                        name,
                        unit,
                        fields.attributes(source, attributes),
                        delta,
                        monotonic,
                        fields.startNanos,
                        fields.timeNanos,
                        fields.value));
                break;
            case GAUGE:
                points.add(MetricPoint.gauge(
                        name, unit, fields.attributes(source, attributes), fields.timeNanos, fields.value));
                break;
            case EXPLICIT:
                points.add(MetricPoint.explicit(
                        name,
                        unit,
                        fields.attributes(source, attributes),
                        delta,
                        fields.startNanos,
                        fields.timeNanos,
                        fields.explicit()));
                break;
            default:
                if (!fields.soundExponential()) {
                    unsupported++;
                    return;
                }
                points.add(MetricPoint.exponential(
                        name,
                        unit,
                        fields.attributes(source, attributes),
                        delta,
                        fields.startNanos,
                        fields.timeNanos,
                        fields.exponential()));
        }
    }
}
