package dev.headroom.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.headroom.histogram.HistogramSnapshot;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What we write, the official classes read; what they write, we read. */
class OtlpCompatibilityTest {
    private static Metric metric(ExportMetricsServiceRequest request, String name) {
        return request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    @Test
    void writesWhatTheOfficialClassesRead() throws InvalidProtocolBufferException {
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(OtlpSamples.everyTypeBytes());

        assertThat(request.getUnknownFields().asMap()).isEmpty();
        assertThat(request.getResourceMetrics(0).getResource().getAttributesList())
                .containsExactlyInAnyOrder(text("service.name", "shop"), text("process.pid", "17"));
        assertThat(request.getResourceMetrics(0).getScopeMetrics(0).getScope())
                .isEqualTo(InstrumentationScope.newBuilder()
                        .setName("scope")
                        .setVersion("1.0")
                        .build());

        Metric durations = metric(request, "d");
        assertThat(durations.getUnit()).isEqualTo("s");
        assertThat(durations.getExponentialHistogram().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        ExponentialHistogramDataPoint point =
                durations.getExponentialHistogram().getDataPoints(0);
        HistogramSnapshot histogram = OtlpSamples.histogram();
        assertThat(point.getStartTimeUnixNano()).isEqualTo(OtlpSamples.START);
        assertThat(point.getTimeUnixNano()).isEqualTo(OtlpSamples.END);
        assertThat(point.getAttributesList()).contains(text("http.route", "/naïve/{id}"), text("empty", ""));
        assertThat(point.getCount()).isEqualTo(6);
        assertThat(point.getZeroCount()).isEqualTo(1);
        assertThat(point.getSum()).isEqualTo(histogram.sum());
        assertThat(point.getMin()).isZero();
        assertThat(point.getMax()).isEqualTo(3);
        assertThat(point.getScale()).isEqualTo(histogram.scale());
        assertThat(point.getPositive().getOffset()).isEqualTo(histogram.offset());
        assertThat(point.getPositive().getBucketCountsCount()).isEqualTo(histogram.bucketCount());
        assertThat(point.getPositive().getBucketCountsList().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(5);

        HistogramDataPoint limits = metric(request, "d.limits").getHistogram().getDataPoints(0);
        assertThat(limits.getExplicitBoundsList()).containsExactly(0.1, 0.25);
        assertThat(limits.getBucketCountsList()).containsExactly(5L, 300L, 0L);
        assertThat(limits.getCount()).isEqualTo(305);
        assertThat(limits.hasMin()).isFalse();

        Sum rows = metric(request, "rows").getSum();
        assertThat(rows.getIsMonotonic()).isTrue();
        assertThat(rows.getDataPoints(0).getAsInt()).isEqualTo(42);
        assertThat(rows.getDataPoints(1).getAsDouble()).isEqualTo(0.125);
        assertThat(metric(request, "open").getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(metric(request, "load").getGauge().getDataPoints(0).getAsDouble())
                .isEqualTo(Double.MIN_VALUE);
    }

    private static OtlpMetricsReader.Result read(Metric... metrics) {
        return OtlpMetricsReader.read(ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(io.opentelemetry.proto.metrics.v1.ResourceMetrics.newBuilder()
                        .setSchemaUrl("https://opentelemetry.io/schemas/1.44.0")
                        .setResource(Resource.newBuilder().addAttributes(text("service.name", "shop")))
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
                .build()
                .toByteArray());
    }

    private static MetricPoint only(OtlpMetricsReader.Result result) {
        assertThat(result.unsupported()).isZero();
        assertThat(result.resources().get(0).points()).hasSize(1);
        return result.resources().get(0).points().get(0);
    }

    @Test
    void readsAnOfficialExponentialHistogram() {
        MetricPoint point = only(read(Metric.newBuilder()
                .setName("d")
                .setUnit("s")
                .setDescription("skipped")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setStartTimeUnixNano(1)
                                .setTimeUnixNano(2)
                                .setCount(10)
                                .setSum(3.5)
                                .setScale(-2)
                                .setZeroCount(1)
                                .setZeroThreshold(1e-9)
                                .addAttributes(text("a", "b"))
                                .addExemplars(Exemplar.newBuilder().setAsDouble(1))
                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .setOffset(-7)
                                        .addAllBucketCounts(List.of(4L, 0L, 5L)))))
                .build()));

        assertThat(point.delta()).isTrue();
        assertThat(point.attributes()).isEqualTo(Map.of("a", "b"));
        assertThat(point.exponential())
                .isEqualTo(new HistogramSnapshot(-2, -7, new long[] {4, 0, 5}, 1, 3.5, Double.POSITIVE_INFINITY, 0));
    }

    @Test
    void readsAnOfficialExplicitHistogram() {
        MetricPoint point = only(read(Metric.newBuilder()
                .setName("h")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(2)
                                .setCount(3)
                                .setSum(4)
                                .setMin(0.5)
                                .setMax(2)
                                .addAllExplicitBounds(List.of(1.0, 5.0))
                                .addAllBucketCounts(List.of(2L, 1L, 0L))))
                .build()));

        assertThat(point.delta()).isFalse();
        assertThat(point.explicit().counts()).containsExactly(2, 1, 0);
        assertThat(point.explicit().bounds()).containsExactly(1.0, 5.0);
        assertThat(point.explicit().min()).isEqualTo(0.5);
        assertThat(point.explicit().max()).isEqualTo(2);
    }

    @Test
    void readsAnExplicitHistogramWithoutBuckets() {
        MetricPoint point = only(read(Metric.newBuilder()
                .setName("h")
                .setHistogram(Histogram.newBuilder()
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(2)
                                .setCount(3)
                                .setSum(4)))
                .build()));

        assertThat(point.explicit().count()).isEqualTo(3);
    }

    @Test
    void readsOfficialNumbersOfBothKindsAndAttributesOfAllKinds() {
        KeyValue integer = KeyValue.newBuilder()
                .setKey("status")
                .setValue(AnyValue.newBuilder().setIntValue(200))
                .build();
        KeyValue bool = KeyValue.newBuilder()
                .setKey("daemon")
                .setValue(AnyValue.newBuilder().setBoolValue(true))
                .build();
        KeyValue list = KeyValue.newBuilder()
                .setKey("args")
                .setValue(AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setStringValue("x"))))
                .build();
        OtlpMetricsReader.Result result = read(
                Metric.newBuilder()
                        .setName("g")
                        .setGauge(Gauge.newBuilder()
                                .addDataPoints(NumberDataPoint.newBuilder()
                                        .setTimeUnixNano(2)
                                        .setAsInt(-5)
                                        .addAllAttributes(List.of(integer, bool, list))))
                        .build(),
                Metric.newBuilder()
                        .setName("s")
                        .setSum(Sum.newBuilder()
                                .setIsMonotonic(true)
                                .addDataPoints(NumberDataPoint.newBuilder()
                                        .setTimeUnixNano(2)
                                        .setAsDouble(0.25)))
                        .build());

        List<MetricPoint> points = result.resources().get(0).points();
        assertThat(points.get(0).value()).isEqualTo(-5);
        assertThat(points.get(0).attributes()).isEqualTo(Map.of("status", "200", "daemon", "true"));
        assertThat(points.get(1).value()).isEqualTo(0.25);
        assertThat(points.get(1).monotonic()).isTrue();
    }

    @Test
    void leavesOutPointsWithoutARecordedValue() {
        OtlpMetricsReader.Result result = read(Metric.newBuilder()
                .setName("g")
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setTimeUnixNano(2)
                                .setFlags(DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE)))
                .build());

        assertThat(result.resources().get(0).points()).isEmpty();
    }

    @Test
    void countsWhatItDoesNotKeep() {
        ExponentialHistogramDataPoint.Builder base =
                ExponentialHistogramDataPoint.newBuilder().setTimeUnixNano(2);
        ExponentialHistogramDataPoint.Buckets five = ExponentialHistogramDataPoint.Buckets.newBuilder()
                .addBucketCounts(5)
                .build();
        OtlpMetricsReader.Result result = read(
                Metric.newBuilder()
                        .setName("summary")
                        .setSummary(Summary.newBuilder()
                                .addDataPoints(SummaryDataPoint.newBuilder().setTimeUnixNano(2)))
                        .build(),
                Metric.newBuilder()
                        .setName("e")
                        .setExponentialHistogram(ExponentialHistogram.newBuilder()
                                .addDataPoints(base.clone().setCount(5).setNegative(five))
                                .addDataPoints(base.clone().setCount(6).setPositive(five))
                                .addDataPoints(
                                        base.clone().setCount(5).setScale(1000).setPositive(five))
                                .addDataPoints(base.clone()
                                        .setCount(5)
                                        .setPositive(five.toBuilder().setOffset(Integer.MAX_VALUE))))
                        .build());

        assertThat(result.unsupported()).isEqualTo(5);
        assertThat(result.resources().get(0).points()).isEmpty();
    }
}
