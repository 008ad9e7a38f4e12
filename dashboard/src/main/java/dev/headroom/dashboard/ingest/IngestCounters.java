package dev.headroom.dashboard.ingest;

import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * What came in since the start. Every received point is stored, rejected, a duplicate, or a baseline:
 * {@code received = stored + rejected + duplicate points + baselines} holds for points of senders without numbers; of numbered
 * batches the repeats are counted whole. Thread-safe.
 */
@Component
public final class IngestCounters {
    private final LongAdder received = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder duplicatePoints = new LongAdder();
    private final LongAdder duplicateBatches = new LongAdder();
    private final LongAdder baselines = new LongAdder();
    private final LongAdder refusedRequests = new LongAdder();

    void received(long points) {
        received.add(points);
    }

    void rejected(long points) {
        rejected.add(points);
    }

    void duplicatePoint() {
        duplicatePoints.increment();
    }

    void duplicateBatch() {
        duplicateBatches.increment();
    }

    void baseline() {
        baselines.increment();
    }

    void refusedRequest() {
        refusedRequests.increment();
    }

    /** Points that arrived, kept or not. */
    public long receivedPoints() {
        return received.sum();
    }

    /** Points that were not kept; their senders were told. */
    public long rejectedPoints() {
        return rejected.sum();
    }

    /** Points of senders without numbers that were stored before. */
    public long duplicatePoints() {
        return duplicatePoints.sum();
    }

    /** Numbered batches that were stored before. */
    public long duplicateBatches() {
        return duplicateBatches.sum();
    }

    /** First points of cumulative streams that began long before they were first seen. */
    public long baselines() {
        return baselines.sum();
    }

    /** Requests answered with 4xx or 5xx. */
    public long refusedRequests() {
        return refusedRequests.sum();
    }
}
