package dev.headroom.demo.paging;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param total all items, null where counting them for each page would cost more than the page
 * @param nextCursor where the next page begins; null on the last page and where pages are numbered
 */
public record Page<T>(
        List<T> items,
        @Nullable Long total,
        @JsonProperty("has_more") boolean hasMore,
        @JsonProperty("next_cursor") @Nullable String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /** The page found by number: with the total. */
    public static <T> Page<T> numbered(List<T> items, long total, long offset) {
        return new Page<>(items, total, offset + items.size() < total, null);
    }

    /** The page after a cursor: {@code found} was asked for one item more than the limit, which tells whether more follow. */
    public static <T> Page<T> after(List<T> found, int limit, Function<T, Cursor> cursor) {
        boolean more = found.size() > limit;
        List<T> items = more ? found.subList(0, limit) : found;
        return new Page<>(
                items, null, more, more ? cursor.apply(items.get(limit - 1)).text() : null);
    }
}
