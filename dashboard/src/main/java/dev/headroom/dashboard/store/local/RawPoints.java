package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The points of one raw row as bytes: metric after metric, each with its length, so that a reader skips what it does not want.
 */
final class RawPoints {
    private final byte[] bytes;
    private final List<Series> series;

    /** Writes one batch after another into the same memory. Not thread-safe. */
    static final class Writer {
        /** Names of metrics that its memory is kept for; a sender may have any number. */
        private static final int MOST_METRICS = 256;

        private final Map<String, BlobWriter> metrics = new LinkedHashMap<>();
        private final BlobWriter all = new BlobWriter();

        RawPoints write(NameWriter names, Batch batch) throws SQLException {
            if (metrics.size() > MOST_METRICS) {
                metrics.clear();
            }
            metrics.values().forEach(BlobWriter::clear);
            String service = batch.sender().service();
            List<Series> series = new ArrayList<>(batch.points().size());
            for (Point point : batch.points()) {
                NameWriter.Known known = names.series(service, point.key());
                series.add(known.series());
                BlobWriter out = metrics.computeIfAbsent(known.series().metric(), absent -> new BlobWriter());
                out.varint(known.id());
                ValueCodec.write(out, point.value());
            }
            all.clear();
            for (Map.Entry<String, BlobWriter> metric : metrics.entrySet()) {
                if (metric.getValue().length() > 0) {
                    all.varint(names.metric(metric.getKey()))
                            .varint(metric.getValue().length())
                            .append(metric.getValue());
                }
            }
            return new RawPoints(CheckSum.close(all), series);
        }
    }

    private RawPoints(byte[] bytes, List<Series> series) {
        this.bytes = bytes;
        this.series = series;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Of the batch's points, in their order. */
    List<Series> series() {
        return series;
    }

    interface Visitor {
        void visit(int series, Value value) throws SQLException;
    }

    /** @throws DamagedRowException before the first visit, when the bytes are not what was written */
    static void read(byte[] bytes, IntPredicate wantedMetric, Visitor visitor) throws SQLException {
        BlobReader in = CheckSum.open(bytes);
        while (in.hasMore()) {
            int metric = in.smallVarint();
            BlobReader values = in.part(in.smallVarint());
            while (wantedMetric.test(metric) && values.hasMore()) {
                visitor.visit(values.smallVarint(), ValueCodec.read(values));
            }
        }
    }
}
