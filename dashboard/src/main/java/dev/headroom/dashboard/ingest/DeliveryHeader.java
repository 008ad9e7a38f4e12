package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Delivery;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent tells of an attempt to send, in the header {@code Headroom-Delivery}: {@code sent=<ms since 1970>;
 * interval=<ms>; windows=<number>; last}. It is told anew with every attempt and is no part of the numbered bytes. Words that are
 * not known here, or have no sense, are passed over: the data counts, not how it came.
 */
final class DeliveryHeader {
    static final String NAME = "Headroom-Delivery";

    private static final long LONGEST_INTERVAL_MILLIS = Duration.ofHours(1).toMillis();

    private DeliveryHeader() {}

    static Delivery parse(@Nullable String header, Instant arrived) {
        Instant sent = null;
        Duration interval = Duration.ZERO;
        int windows = 1;
        boolean last = false;
        for (String part : header == null ? new String[0] : header.split(";", 16)) {
            String word = part.trim();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            long number = equals < 0 ? -1 : number(word.substring(equals + 1));
            switch (name) {
                case "sent" -> sent = number > 0 ? Instant.ofEpochMilli(number) : sent;
                case "interval" ->
                    interval = number > 0 && number <= LONGEST_INTERVAL_MILLIS ? Duration.ofMillis(number) : interval;
                case "windows" -> windows = number > 0 && number <= Integer.MAX_VALUE ? (int) number : windows;
                case "last" -> last = true;
                default -> {
                    // of a newer agent
                }
            }
        }
        return new Delivery(arrived, sent, interval, windows, last);
    }

    /** -1 when it is none. */
    private static long number(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
