package dev.headroom.dashboard.page;

import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a list: its name in the URL, its head, how rows are ordered by it and what it shows.
 *
 * @param key name in {@code ?sort=} and of the cell in the page
 * @param meaning what the head says in full
 */
public record Column<T>(
        String key, String label, String meaning, boolean numeric, Comparator<T> order, Function<T, Cell> cell) {
    /** Texts, ordered by the alphabet. */
    public static <T> Column<T> text(
            String key, String label, String meaning, Function<T, String> value, Function<T, Cell> cell) {
        return new Column<>(
                key, label, meaning, false, Comparator.comparing(value, String.CASE_INSENSITIVE_ORDER), cell);
    }

    /** Numbers, ordered by size; rows without one count as smallest. */
    public static <T> Column<T> number(
            String key, String label, String meaning, Function<T, @Nullable Number> value, Function<T, Cell> cell) {
        return new Column<>(
                key, label, meaning, true, Comparator.comparingDouble(row -> sortable(value.apply(row))), cell);
    }

    /** Numbers shown with three digits. */
    public static <T> Column<T> figure(String key, String label, String meaning, Function<T, @Nullable Double> value) {
        return number(key, label, meaning, value::apply, row -> Cell.number(Figures.number(value.apply(row))));
    }

    private static double sortable(@Nullable Number value) {
        return value == null || Double.isNaN(value.doubleValue()) ? Double.NEGATIVE_INFINITY : value.doubleValue();
    }
}
