package dev.headroom.dashboard.page;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Which part of a list is shown, by the URL alone: {@code page}, from 1 on, and {@code rows} of a page. Without a page it is the one
 * with the open row. A page beyond the last is the last. Immutable.
 *
 * @param first place of the first row shown
 * @param end place behind the last row shown
 * @param found rows of all pages
 * @param links the first, the last, and those around the one shown, in their order
 * @param sizes rows of a page to choose from
 */
public record Paging(int first, int end, int found, List<Link> links, List<Link> sizes) {
    /** Parameter that names the page. */
    static final String PAGE = "page";

    private static final String ROWS = "rows";
    private static final int USUAL_ROWS = 100;
    private static final List<Integer> SIZES = List.of(25, USUAL_ROWS, 500);

    /**
     * A way to a page, or to pages of another size.
     *
     * @param gap whether pages are left out before it
     */
    public record Link(String label, String href, boolean here, boolean gap) {}

    /** @param ids of all rows, in their order */
    static Paging of(Frame frame, List<String> ids) {
        int rows = size(frame.parameter(ROWS));
        int pages = Math.max(1, (ids.size() + rows - 1) / rows);
        int page = Math.max(1, Math.min(pages, asked(frame, ids, rows)));
        int first = (page - 1) * rows;
        List<Link> sizes = new ArrayList<>();
        for (int size : SIZES) {
            String value = size == USUAL_ROWS ? "" : Integer.toString(size);
            sizes.add(new Link(
                    Integer.toString(size), frame.here(ROWS, value, PAGE, "", "open", ""), size == rows, false));
        }
        return new Paging(
                first,
                Math.min(ids.size(), first + rows),
                ids.size(),
                links(frame, page, pages),
                ids.size() <= SIZES.get(0) ? List.of() : List.copyOf(sizes));
    }

    private static int asked(Frame frame, List<String> ids, int rows) {
        String asked = frame.parameter(PAGE);
        if (asked.matches("[0-9]{1,9}")) {
            return Integer.parseInt(asked);
        }
        return ids.indexOf(frame.parameter("open")) / rows + 1;
    }

    private static int size(String asked) {
        return SIZES.stream()
                .filter(size -> asked.equals(size.toString()))
                .findFirst()
                .orElse(USUAL_ROWS);
    }

    private static List<Link> links(Frame frame, int page, int pages) {
        TreeSet<Integer> near = new TreeSet<>(List.of(1, pages));
        for (int each = Math.max(1, page - 2); each <= Math.min(pages, page + 2); each++) {
            near.add(each);
        }
        List<Link> links = new ArrayList<>();
        int last = 0;
        for (int each : near) {
            links.add(new Link(Integer.toString(each), to(frame, each), each == page, each > last + 1));
            last = each;
        }
        return List.copyOf(links);
    }

    private static String to(Frame frame, int page) {
        return frame.here(PAGE, Integer.toString(page), "open", "");
    }

    /** Whether there is more than one page. */
    public boolean several() {
        return links.size() > 1;
    }
}
