package dev.headroom.dashboard.page.compare;

import dev.headroom.dashboard.compare.Compared;
import dev.headroom.dashboard.compare.Comparison;
import dev.headroom.dashboard.compare.Direction;
import dev.headroom.dashboard.compare.Side;
import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.ListPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Did the change help? Every operation of both sides, judged.
 *
 * @param problem why nothing could be compared; empty when it could
 * @param answer the whole in one sentence
 * @param list null where nothing could be compared
 * @param sides the two stretches
 * @param markdown the table for a pull request
 */
record ComparePage(
        @Nullable Choices choices,
        String problem,
        String answer,
        List<String> doubts,
        List<Tally> tallies,
        List<Stretch> sides,
        @Nullable ListPage list,
        String permalink,
        String markdown) {
    private static final String DIRECTION = "direction";

    /** How many went one way, and the link that shows these alone. */
    record Tally(String word, long count, String css, String href, boolean chosen) {}

    record Stretch(String name, String words, String span) {}

    static ComparePage without(String problem) {
        return new ComparePage(null, problem, "", List.of(), List.of(), List.of(), null, "", "");
    }

    static ComparePage wrong(Choices choices, String problem) {
        return new ComparePage(choices, problem, "", List.of(), List.of(), List.of(), null, "", "");
    }

    static ComparePage of(Frame frame, Choices choices, Comparison comparison) {
        String only = frame.parameter(DIRECTION);
        List<Compared> shown = comparison.rows().stream()
                .filter(row -> only.isEmpty() || css(row.direction()).equals(only))
                .toList();
        Side after = comparison.after();
        Listing<Compared> listing = new Listing<>(
                comparison.service(), after.range().from(), after.range().to(), shown, List.of());
        return new ComparePage(
                choices,
                "",
                answer(comparison),
                doubts(comparison),
                tallies(frame, comparison, only),
                List.of(stretch("A", comparison.before()), stretch("B", after)),
                ListPage.of(frame, CompareColumns.shape(), listing, row -> CompareDetail.of(frame, comparison, row)),
                permalink(frame, comparison),
                CompareMarkdown.of(comparison));
    }

    private static Stretch stretch(String name, Side side) {
        return new Stretch(
                name,
                side.words(),
                Figures.span(side.range().from(), side.range().to()));
    }

    private static List<Tally> tallies(Frame frame, Comparison comparison, String only) {
        List<Tally> tallies = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            long count = comparison.count(direction);
            boolean chosen = css(direction).equals(only);
            if (count > 0 || chosen) {
                tallies.add(new Tally(
                        direction.word(),
                        count,
                        css(direction),
                        frame.here(DIRECTION, chosen ? "" : css(direction), "open", ""),
                        chosen));
            }
        }
        return tallies;
    }

    /** The class in the style sheet, and the word in the address. */
    static String css(Direction direction) {
        return direction == Direction.NO_EVIDENCE ? "none" : direction.word();
    }

    private static String answer(Comparison comparison) {
        long worse = comparison.count(Direction.WORSE);
        long better = comparison.count(Direction.BETTER);
        long mixed = comparison.count(Direction.MIXED);
        if (worse + better + mixed == 0) {
            return "No evidence of a change: what differs is within the noise of both sides.";
        }
        return better + " better, " + worse + " worse, "
                + (mixed == 0 ? "" : mixed + " better in one way and worse in another, ")
                + comparison.count(Direction.NO_EVIDENCE) + " without evidence.";
    }

    private static List<String> doubts(Comparison comparison) {
        List<String> doubts = new ArrayList<>();
        if (comparison.slicesBefore() == 0) {
            doubts.add("Nothing reported in A, " + comparison.before().words() + ".");
        }
        if (comparison.slicesAfter() == 0) {
            doubts.add("Nothing reported in B, " + comparison.after().words() + ".");
        }
        if (doubts.isEmpty() && !comparison.enough()) {
            doubts.add(
                    "A has " + comparison.slicesBefore()
                            + (comparison.slicesBefore() == 1 ? " slice" : " slices")
                            + " of time with reports and B has "
                            + comparison.slicesAfter()
                            + ": too few to tell a change from noise that comes and goes. Six of each would do; what is said rests on the calls alone.");
        }
        if (comparison.before().range().to().isAfter(comparison.after().range().from())
                && comparison.before().version() == null
                && comparison.after().version() == null) {
            doubts.add("A and B overlap: what happened in both is on both sides.");
        }
        return doubts;
    }

    private static String permalink(Frame frame, Comparison comparison) {
        Side after = comparison.after();
        return frame.here(
                "a", comparison.before().fixed(),
                "b", after.fixed(),
                "from", after.range().from().toString(),
                "to", after.range().to().toString(),
                "range", "",
                "live", "",
                "afrom", "",
                "ato", "",
                "bfrom", "",
                "bto", "");
    }
}
