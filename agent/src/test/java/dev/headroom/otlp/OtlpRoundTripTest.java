package dev.headroom.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.histogram.HistogramSnapshot;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

class OtlpRoundTripTest {
    @Test
    void readsEveryPointTypeAsItWasWritten() {
        ResourceMetrics written = OtlpSamples.everyType();

        OtlpMetricsReader.Result result = OtlpMetricsReader.read(OtlpSamples.everyTypeBytes());

        assertThat(result.unsupported()).isZero();
        assertThat(result.withoutTime()).isZero();
        assertThat(result.resources()).hasSize(1);
        assertThat(result.resources().get(0).resource()).isEqualTo(written.resource());
        assertThat(result.resources().get(0).points())
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withComparatorForType(Double::compare, Double.class)
                        .build())
                .containsExactlyInAnyOrderElementsOf(written.points());
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(OtlpMetricsReader.read(new byte[0]).resources()).isEmpty();
    }

    @Test
    void keepsLimitsExactFromNanosecondsToSecondsAndBack() {
        for (long nanos : new long[] {0, 1, 99_999_999, 100_000_000, 123_456_789_012L, 86_400_000_000_001L}) {
            double bound = nanos / 1e9;
            ExplicitHistogram limits =
                    new ExplicitHistogram(new double[] {bound}, new long[] {1, 0}, 0, Double.NaN, Double.NaN);
            MetricPoint point = MetricPoint.explicit("m", "s", Map.of(), true, 1, 2, limits);
            byte[] bytes = OtlpMetricsWriter.write(new ResourceMetrics(Map.of(), List.of(point)), "s", "1");

            ExplicitHistogram read = OtlpMetricsReader.read(bytes)
                    .resources()
                    .get(0)
                    .points()
                    .get(0)
                    .explicit();
            assertThat(Math.round(read.bounds()[0] * 1e9)).isEqualTo(nanos);
        }
    }

    @Test
    void doesNotSendAMinimumOrMaximumThatIsUnknown() {
        HistogramSnapshot unknown =
                new HistogramSnapshot(2, -7, new long[] {3, 0, 1}, 1, 9, Double.POSITIVE_INFINITY, 0);
        MetricPoint point = MetricPoint.exponential("m", "s", Map.of(), true, 1, 2, unknown);
        byte[] bytes = OtlpMetricsWriter.write(new ResourceMetrics(Map.of(), List.of(point)), "s", "1");

        assertThat(OtlpMetricsReader.read(bytes)
                        .resources()
                        .get(0)
                        .points()
                        .get(0)
                        .exponential())
                .isEqualTo(unknown);
    }

    @Test
    void leavesOutAndCountsPointsWithoutATime() {
        MetricPoint point = MetricPoint.gauge("m", "1", Map.of(), 0, 1);
        byte[] bytes = OtlpMetricsWriter.write(new ResourceMetrics(Map.of(), List.of(point)), "s", "1");

        OtlpMetricsReader.Result result = OtlpMetricsReader.read(bytes);
        assertThat(result.withoutTime()).isEqualTo(1);
        assertThat(result.resources().get(0).points()).isEmpty();
    }
}
