package dev.headroom.dashboard.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an open row shows beside its figures.
 *
 * @param text the full name: route, statement, pattern
 * @param facts label and value
 * @param distribution null when the store holds none
 * @param tables further tables; those without rows are not shown
 * @param links label and address of rows that belong to it
 * @param heat the distribution over time; null where nobody asked for it
 * @param overlaid two distributions over each other; null where nothing is compared
 * @param time where the time of its requests goes; null where nobody knows
 * @param trend its percentiles over time; null where nobody asked for them
 */
public record Detail(
        String text,
        boolean code,
        List<Fact> facts,
        @Nullable DistributionChart distribution,
        List<Table> tables,
        List<Fact> links,
        @Nullable HeatMap heat,
        @Nullable OverlaidChart overlaid,
        @Nullable StackedChart time,
        @Nullable LineChart trend) {
    public Detail(
            String text,
            boolean code,
            List<Fact> facts,
            @Nullable DistributionChart distribution,
            List<Table> tables,
            List<Fact> links,
            @Nullable HeatMap heat,
            @Nullable OverlaidChart overlaid,
            @Nullable StackedChart time) {
        this(text, code, facts, distribution, tables, links, heat, overlaid, time, null);
    }

    public Detail(
            String text, boolean code, List<Fact> facts, @Nullable DistributionChart distribution, List<Fact> links) {
        this(text, code, facts, distribution, List.of(), links);
    }

    public Detail(
            String text,
            boolean code,
            List<Fact> facts,
            @Nullable DistributionChart distribution,
            List<Table> tables,
            List<Fact> links) {
        this(text, code, facts, distribution, tables, links, null, null, null);
    }

    /** The same with how it went over time. */
    public Detail over(Distributions.@Nullable OverTime history) {
        return history == null
                ? this
                : new Detail(
                        text,
                        code,
                        facts,
                        distribution,
                        tables,
                        links,
                        history.heat(),
                        overlaid,
                        time,
                        history.trend());
    }

    /** The same with where its time goes. */
    public Detail spent(@Nullable StackedChart on) {
        return new Detail(text, code, facts, distribution, tables, links, heat, overlaid, on, trend);
    }

    /** A table within: the first cell of a row says what it is of, the others are figures. */
    public record Table(String caption, List<String> heads, List<List<String>> rows) {}

    /** A label and its value, or a link's text and address. */
    public record Fact(String label, String value) {}
}
