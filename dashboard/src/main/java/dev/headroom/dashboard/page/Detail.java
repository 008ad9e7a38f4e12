package dev.headroom.dashboard.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an open row shows beside its figures.
 *
 * @param text the full name: route, statement, pattern
 * @param facts label and value
 * @param distribution null when the store holds none
 * @param links label and address of rows that belong to it
 */
public record Detail(
        String text,
        boolean code,
        List<Fact> facts,
        @Nullable DistributionChart distribution,
        List<Fact> links) {
    /** A label and its value, or a link's text and address. */
    public record Fact(String label, String value) {}
}
