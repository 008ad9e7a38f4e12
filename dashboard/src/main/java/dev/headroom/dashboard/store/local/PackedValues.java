package dev.headroom.dashboard.store.local;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of a cell that hardly change any more, in a fifth of the memory. Immutable. */
final class PackedValues {
    private static final int BYTES_PER_VALUE = 8;
    private static final int BYTES = 96;
    /** What a value comes to, about, when it is written. */
    static final int WRITTEN_BYTES = 96;

    private final Series[] series;
    /** Null when none is of one instance. */
    private final String @Nullable [] instances;

    private final byte[] values;

    private PackedValues(Series[] series, String @Nullable [] instances, byte[] values) {
        this.series = series;
        this.instances = instances;
        this.values = values;
    }

    static PackedValues of(Totals totals) {
        List<Series> series = new ArrayList<>(totals.size());
        List<String> instances = new ArrayList<>(totals.size());
        BlobWriter values = new BlobWriter(totals.size() * WRITTEN_BYTES);
        totals.each((of, instance, value) -> {
            series.add(of);
            instances.add(instance == null ? "" : instance);
            ValueCodec.write(values, value);
        });
        boolean merged = instances.stream().allMatch(String::isEmpty);
        return new PackedValues(
                series.toArray(new Series[0]), merged ? null : instances.toArray(new String[0]), values.toByteArray());
    }

    void each(Totals.Visitor visitor) {
        BlobReader in = new BlobReader(values);
        for (int i = 0; i < series.length; i++) {
            String instance = instances == null || instances[i].isEmpty() ? null : instances[i];
            visitor.visit(series[i], instance, ValueCodec.read(in));
        }
    }

    /** What it takes of the memory, about. */
    int bytes() {
        return BYTES + series.length * BYTES_PER_VALUE + values.length;
    }
}
