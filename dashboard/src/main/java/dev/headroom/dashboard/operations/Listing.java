package dev.headroom.dashboard.operations;

import java.time.Instant;
import java.util.List;

/**
 * Rows and the time they are about, aligned to stored windows.
 *
 * @param notes what of it the senders do not tell, or less exactly, and why
 */
public record Listing<T>(String service, Instant from, Instant to, List<T> items, List<String> notes) {}
