/**
 * OTLP in: protobuf and JSON, limits, temporality of stock senders. Knows the store's interfaces, never its engine.
 */
@NullMarked
package dev.headroom.dashboard.ingest;

import org.jspecify.annotations.NullMarked;
