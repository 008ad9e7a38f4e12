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
    /** Most that a metric's id and length take. */
    private static final int HEAD_BYTES = 10;

    private final byte[] bytes;
    private final List<Series> series;

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

    static RawPoints of(NameWriter names, Batch batch) throws SQLException {
        String service = batch.sender().service();
        List<Series> series = new ArrayList<>(batch.points().size());
        Map<String, BlobWriter> metrics = new LinkedHashMap<>();
        for (Point point : batch.points()) {
            NameWriter.Known known = names.series(service, point.key());
            series.add(known.series());
            BlobWriter out = metrics.computeIfAbsent(known.series().metric(), absent -> new BlobWriter());
            out.varint(known.id());
            ValueCodec.write(out, point.value());
        }
        int length = CheckSum.BYTES;
        for (BlobWriter metric : metrics.values()) {
            length += metric.length() + HEAD_BYTES;
        }
        BlobWriter all = new BlobWriter(length);
        for (Map.Entry<String, BlobWriter> metric : metrics.entrySet()) {
            all.varint(names.metric(metric.getKey()))
                    .varint(metric.getValue().length())
                    .append(metric.getValue());
        }
        return new RawPoints(CheckSum.close(all), series);
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
