package dev.headroom.core.hook.jdbc;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.AmountSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
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

    /** Whether it is a query that says how many rows to skip. */
    final boolean paged;

    private final TransactionWord word;
    private volatile Measured[] measured = {};
    private volatile @Nullable SqlShape batched;

    SqlShape(SqlFingerprint.Description description, boolean paged) {
        this(description.hash, description.text, description.operation, false, false, paged);
    }

    private SqlShape(long hash, String text, String operation, boolean batch, boolean overflow, boolean paged) {
        this.hash = hash;
        this.text = text;
        this.operation = operation;
        this.batch = batch;
        this.overflow = overflow;
        this.paged = paged;
        this.word = TransactionWord.of(operation, text);
    }

    /** What takes the statements that the cap keeps out. */
    static SqlShape overflow() {
        return new SqlShape(0, "", "", false, true, false);
    }

    /** The same statement sent many times at once: another operation, for it takes another time. */
    SqlShape batched() {
        SqlShape shape = batched;
        if (shape == null) {
            shape = batch || overflow ? this : new SqlShape(hash, text, "BATCH " + operation, true, false, false);
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

    /** What it says of transactions. */
    TransactionWord word() {
        return word;
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
        Attributes attributes = admitted ? attributes(database) : Attributes.OVERFLOWN;
        Measured created = admitted
                ? new Measured(
                        database,
                        recorder.duration(Metric.DB_DURATION, attributes),
                        recorder.counter(Metric.DB_ROWS, database.system.with(Attribute.DB_FINGERPRINT, fingerprint())),
                        this,
                        attributes,
                        recorder)
                : new Measured(
                        database,
                        recorder.duration(Metric.DB_DURATION, Attributes.OVERFLOWN),
                        recorder.counter(Metric.DB_ROWS, Attributes.OVERFLOWN),
                        this,
                        attributes,
                        recorder);
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

    /** What the results of a query amount to. */
    private static final class Returned {
        final AmountSeries rows;
        final AmountSeries columns;

        Returned(Recorder recorder, Attributes attributes) {
            rows = recorder.amount(Metric.QUERY_ROWS, attributes);
            columns = recorder.amount(Metric.QUERY_COLUMNS, attributes);
        }
    }

    /** A shape against one database. Thread-safe. */
    static final class Measured {
        static final int NOT_ASKED = Integer.MIN_VALUE;

        final Database database;
        final DurationSeries durations;
        final CounterSeries rows;
        private final Recorder recorder;
        private final Attributes attributes;
        private volatile @Nullable Returned returned;
        private volatile @Nullable DurationSeries fetches;
        private volatile @Nullable AmountSeries offsets;

        /** Of its results; negative where nobody knows. All have the same, or nearly so. */
        volatile int columns = NOT_ASKED;

        private final SqlShape shape;
        private final long run;
        private final boolean read;
        private final boolean write;

        Measured(
                Database database,
                DurationSeries durations,
                CounterSeries rows,
                SqlShape shape,
                Attributes attributes,
                Recorder recorder) {
            this.recorder = recorder;
            this.attributes = attributes;
            this.database = database;
            this.durations = durations;
            this.rows = rows;
            this.shape = shape;
            this.run = shape.batch ? ~shape.hash : shape.hash;
            this.read = shape.operation.equals("SELECT");
            this.write = shape.write();
        }

        /** A result was read to its end, or as far as the application wanted. */
        void returned(int rowsRead) {
            Returned known = returned;
            if (known == null) {
                known = new Returned(recorder, attributes);
                returned = known;
            }
            known.rows.record(rowsRead);
            if (columns >= 0) {
                known.columns.record(columns);
            }
        }

        /** A run was told to skip so many rows. */
        void skipped(long offset) {
            AmountSeries known = offsets;
            if (known == null) {
                known = recorder.amount(Metric.QUERY_OFFSET, attributes);
                offsets = known;
            }
            known.record(offset);
        }

        /** A round trip brought further rows, or failed to. */
        void fetched(long nanos, @Nullable String error) {
            DurationSeries known = fetches;
            if (known == null) {
                known = recorder.duration(Metric.QUERY_FETCH, attributes);
                fetches = known;
            }
            (error == null ? known : known.failed(error)).record(nanos);
        }

        String fingerprint() {
            return shape.fingerprint();
        }

        /** Statements beyond the cap are not told apart, so none of them repeats another. */
        void countIn(RequestScope request) {
            if (write) {
                request.write(run);
            } else if (read) {
                request.read(run);
            } else {
                request.statement();
            }
        }
    }
}
