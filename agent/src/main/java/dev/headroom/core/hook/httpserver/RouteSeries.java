package dev.headroom.core.hook.httpserver;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.AmountSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What is recorded of requests that are alike. Thread-safe; a record allocates nothing in steady state. */
final class RouteSeries {
    private final Recorder recorder;
    private final Attributes attributes;
    private final DurationSeries durations;
    private final AtomicReferenceArray<@Nullable AmountSeries> sizes =
            new AtomicReferenceArray<>(2 * BodyEncoding.values().length);
    private volatile @Nullable Work work;

    RouteSeries(Recorder recorder, Attributes attributes) {
        this.recorder = recorder;
        this.attributes = attributes;
        this.durations = recorder.duration(Metric.HTTP_SERVER_DURATION, attributes);
    }

    /** @param error null for a success */
    void took(long nanos, @Nullable String error) {
        (error == null ? durations : durations.failed(error)).record(nanos);
    }

    /** The body that was sent, in bytes. */
    @SuppressWarnings("EnumOrdinal") // a place in this object
    void sent(long bytes, BodyEncoding encoding, boolean unvalidated) {
        int place = 2 * encoding.ordinal() + (unvalidated ? 1 : 0);
        AmountSeries known = sizes.get(place);
        if (known == null) {
            String token = encoding.token();
            Attributes its = token == null
                    ? attributes
                    : attributes.with(Attribute.RESPONSE_CONTENT, "text").with(Attribute.RESPONSE_ENCODING, token);
            known = recorder.amount(
                    Metric.HTTP_SERVER_RESPONSE_SIZE,
                    unvalidated ? its.with(Attribute.RESPONSE_VALIDATOR, "none") : its);
            sizes.set(place, known);
        }
        known.record(bytes);
    }

    /** A request counts here even if it did nothing: none is a number too. */
    void did(RequestScope account) {
        Work known = work;
        if (known == null) {
            known = new Work(recorder, attributes);
            work = known;
        }
        known.calls.record(account.statements());
        known.repeated.record(account.repeatedReads());
        known.repeatedWrites.record(account.repeatedWrites());
        known.opened.record(account.connectionsOpened());
    }

    /** What requests did with databases. */
    private static final class Work {
        final AmountSeries calls;
        final AmountSeries repeated;
        final AmountSeries repeatedWrites;
        final AmountSeries opened;

        Work(Recorder recorder, Attributes attributes) {
            calls = recorder.amount(Metric.REQUEST_DB_CALLS, attributes);
            repeated = recorder.amount(Metric.REQUEST_DB_REPEATED, attributes);
            repeatedWrites = recorder.amount(Metric.REQUEST_DB_REPEATED_WRITES, attributes);
            opened = recorder.amount(Metric.REQUEST_DB_OPENED, attributes);
        }
    }
}
