package dev.headroom.dashboard.page.compare;

import dev.headroom.dashboard.compare.Compared;
import dev.headroom.dashboard.compare.Direction;
import dev.headroom.dashboard.compare.Kind;
import dev.headroom.dashboard.compare.Measured;
import dev.headroom.dashboard.page.Cell;
import dev.headroom.dashboard.page.Column;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.ListPage;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of before and after. Stateless. */
final class CompareColumns {
    private static final String ARROW = " → ";

    private CompareColumns() {}

    static ListPage.Shape<Compared> shape() {
        return new ListPage.Shape<>(
                "operations",
                List.of(
                        Column.text(
                                "name",
                                "Operation",
                                "Route, statement, cache or peer",
                                Compared::name,
                                CompareColumns::name),
                        Column.number(
                                "verdict",
                                "Verdict",
                                "Worse or better only where the change is larger than the noise of both sides",
                                CompareColumns::urgency,
                                row -> verdict(row.direction())),
                        both("p50", "p50 ms", "Median before and after", Compared::median, 1000),
                        change("dp50", "change", "Of the median", Compared::median, true),
                        both(
                                "p95v",
                                "p95 ms",
                                "95 of 100 were at most this long, before and after",
                                Compared::p95,
                                1000),
                        change("p95", "change", "Of p95: the first is what got slower most", Compared::p95, true),
                        both("sql", "SQL", "Statements of a request, on average", CompareColumns::statements, 1),
                        change(
                                "chattier",
                                "change",
                                "Of statements of a request: the first is what got chattier most",
                                CompareColumns::statements,
                                true),
                        Column.number(
                                "rate",
                                "/s",
                                "Calls in a second, before and after",
                                Compared::rateAfter,
                                row -> Cell.number(
                                        Figures.number(row.rateBefore()) + ARROW + Figures.number(row.rateAfter()))),
                        percent("errors", "failed", "Share of calls that failed, before and after", Compared::errors),
                        percent("hits", "hits", "Share of lookups that hit, before and after", CompareColumns::hits),
                        Column.number(
                                "cost",
                                "ms/s",
                                "Milliseconds spent in it in each second, after less before",
                                Compared::costPerSecond,
                                row -> Cell.number(signed(row.costPerSecond() * 1000)))),
                "verdict",
                row -> row.kind().word() + ":" + row.id(),
                row -> row.name() + " " + row.id());
    }

    private static Cell name(Compared row) {
        if (row.kind() != Kind.ROUTE) {
            String tag = row.kind() == Kind.STATEMENT ? "SQL" : row.kind().word();
            return row.kind() == Kind.CALL ? Cell.tagged(tag, row.name()) : Cell.code(tag, row.name());
        }
        int space = row.name().indexOf(' ');
        return space < 0
                ? Cell.text(row.name())
                : Cell.tagged(row.name().substring(0, space), row.name().substring(space + 1));
    }

    /** What got worse first, within it what costs most. */
    private static double urgency(Compared row) {
        double cost = Math.abs(row.costPerSecond());
        return -List.of(Direction.values()).indexOf(row.direction()) + cost / (1 + cost);
    }

    static Cell verdict(Direction direction) {
        String shape = switch (direction) {
            case WORSE -> "■ ";
            case MIXED -> "◆ ";
            case BETTER -> "● ";
            case NEW -> "+ ";
            case GONE -> "− ";
            case NO_EVIDENCE -> "○ ";
        };
        return new Cell(shape + direction.word(), "went " + ComparePage.css(direction), null, null, null);
    }

    private static Column<Compared> both(
            String key, String label, String meaning, Function<Compared, Measured> measured, double unit) {
        return Column.number(
                key,
                label,
                meaning,
                row -> measured.apply(row).after(),
                row -> Cell.number(pair(measured.apply(row), unit)));
    }

    static String pair(Measured measured, double unit) {
        return measured.before() == null && measured.after() == null
                ? ""
                : number(measured.before(), unit) + ARROW + number(measured.after(), unit);
    }

    private static String number(@Nullable Double value, double unit) {
        return value == null ? Figures.NONE : Figures.number(value * unit);
    }

    private static Column<Compared> percent(
            String key, String label, String meaning, Function<Compared, Measured> measured) {
        return Column.number(key, label, meaning, row -> measured.apply(row).after(), row -> {
            Measured both = measured.apply(row);
            Double before = both.before();
            Double after = both.after();
            if (before == null || after == null || (before == 0 && after == 0)) {
                return Cell.number("");
            }
            String text = Figures.percent(before) + ARROW + Figures.percent(after);
            return new Cell(text, "n " + css(both), null, null, null);
        });
    }

    private static Column<Compared> change(
            String key, String label, String meaning, Function<Compared, Measured> measured, boolean lessIsBetter) {
        return Column.number(key, label, meaning, row -> measured.apply(row).change(), row -> {
            Measured both = measured.apply(row);
            return new Cell(change(both), "n " + css(both), null, null, chance(both, lessIsBetter));
        });
    }

    /** "+34 %", or how many times as much. */
    static String change(Measured both) {
        Double change = both.change();
        if (change == null) {
            return "";
        }
        return change >= 2
                ? "× " + Figures.number(change + 1)
                : signed(Math.abs(change) < 0.1 ? change * 100 : Math.rint(change * 100)) + " %";
    }

    private static String chance(Measured both, boolean lessIsBetter) {
        Double p = both.p();
        if (p == null) {
            return "Too few slices of time to tell it from noise";
        }
        return (lessIsBetter ? "Less is better; " : "More is better; ") + "chance alone does it with p = "
                + String.format(Locale.ROOT, "%.4f", p);
    }

    private static String css(Measured both) {
        return switch (both.direction()) {
            case WORSE -> "bad";
            case BETTER -> "good";
            default -> "dim";
        };
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : value < 0 ? "−" : "") + Figures.number(Math.abs(value));
    }

    private static Measured statements(Compared row) {
        Measured statements = row.statements();
        return statements == null ? Measured.of(null, null) : statements;
    }

    private static Measured hits(Compared row) {
        Measured hits = row.hitRatio();
        return hits == null ? Measured.of(null, null) : hits;
    }
}
