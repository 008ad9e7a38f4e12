package dev.headroom.core.hook.jdbc;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.sql.SqlFingerprint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All statements that differ only in literals, with their series per database. Thread-safe. */
final class SqlShape {
    /** Databases per shape; statements against more of them go to the overflow series. */
    private static final int MAX_DATABASES = 16;

    final long hash;
    private final String text;
    private final String operation;
    private final boolean batch;
    private final boolean overflow;
    private volatile Measured[] measured = {};
    private volatile @Nullable SqlShape batched;

    SqlShape(SqlFingerprint.Description description) {
        this(description.hash, description.text, description.operation, false, false);
    }

    private SqlShape(long hash, String text, String operation, boolean batch, boolean overflow) {
        this.hash = hash;
        this.text = text;
        this.operation = operation;
        this.batch = batch;
        this.overflow = overflow;
    }

    /** What takes the statements that the cap keeps out. */
    static SqlShape overflow() {
        return new SqlShape(0, "", "", false, true);
    }

    /** The same statement sent many times at once: another operation, for it takes another time. */
    SqlShape batched() {
        SqlShape shape = batched;
        if (shape == null) {
            shape = batch || overflow ? this : new SqlShape(hash, text, "BATCH " + operation, true, false);
            batched = shape;
        }
        return shape;
    }

    String text() {
        return text;
    }

    String operation() {
        return operation;
    }

    /** Whether it changes data. */
    boolean write() {
        switch (batch ? operation.substring("BATCH ".length()) : operation) {
            case "INSERT":
            case "UPDATE":
            case "DELETE":
            case "MERGE":
            case "REPLACE":
            case "UPSERT":
            case "MIXED":
                return true;
            default:
                return false;
        }
    }

    String fingerprint() {
        return SqlFingerprint.written(hash);
    }

    /** The series of this shape against that database. */
    Measured in(Database database, Recorder recorder) {
        for (Measured each : measured) {
            if (each.database == database) {
                return each;
            }
        }
        return add(database, recorder);
    }

    /** Two threads may both add: the recorder gives both the same series. */
    private Measured add(Database database, Recorder recorder) {
        Measured[] before = measured;
        boolean admitted = !overflow && before.length < MAX_DATABASES;
        Measured created = admitted
                ? new Measured(
                        database,
                        recorder.duration(Metric.DB_DURATION, attributes(database)),
                        recorder.counter(Metric.DB_ROWS, database.system.with(Attribute.DB_FINGERPRINT, fingerprint())),
                        write())
                : new Measured(
                        database,
                        recorder.duration(Metric.DB_DURATION, Attributes.OVERFLOWN),
                        recorder.counter(Metric.DB_ROWS, Attributes.OVERFLOWN),
                        false);
        if (before.length < MAX_DATABASES) {
            Measured[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = created;
            measured = after;
        }
        return created;
    }

    private Attributes attributes(Database database) {
        return database.attributes
                .with(Attribute.DB_OPERATION, operation)
                .with(Attribute.DB_QUERY, text)
                .with(Attribute.DB_FINGERPRINT, fingerprint());
    }

    /** A shape against one database. Immutable. */
    static final class Measured {
        final Database database;
        final DurationSeries durations;
        final CounterSeries rows;
        final boolean write;

        Measured(Database database, DurationSeries durations, CounterSeries rows, boolean write) {
            this.database = database;
            this.durations = durations;
            this.rows = rows;
            this.write = write;
        }
    }
}
