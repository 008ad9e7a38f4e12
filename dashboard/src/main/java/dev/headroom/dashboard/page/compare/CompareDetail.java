package dev.headroom.dashboard.page.compare;

import dev.headroom.dashboard.compare.Compared;
import dev.headroom.dashboard.compare.Comparison;
import dev.headroom.dashboard.compare.Kind;
import dev.headroom.dashboard.compare.Measured;
import dev.headroom.dashboard.compare.Side;
import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.OverlaidChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an open row of a comparison shows. Stateless. */
final class CompareDetail {
    private CompareDetail() {}

    static Detail of(Frame frame, Comparison comparison, Compared row) {
        List<Detail.Fact> facts = new ArrayList<>();
        facts.add(new Detail.Fact("calls", Figures.count(row.callsBefore()) + " → " + Figures.count(row.callsAfter())));
        facts.add(evidence("p50", row.median()));
        facts.add(evidence("p95", row.p95()));
        return new Detail(
                row.name(),
                row.kind() == Kind.STATEMENT,
                facts,
                null,
                List.of(),
                List.of(
                        link(frame, comparison.service(), comparison.before(), row, "A in its list"),
                        link(frame, comparison.service(), comparison.after(), row, "B in its list")),
                null,
                OverlaidChart.of("A, before", row.before(), "B, after", row.after()),
                null);
    }

    private static Detail.Fact evidence(String label, Measured measured) {
        Double p = measured.p();
        String chance = p == null ? "too few slices" : "p = " + String.format(Locale.ROOT, "%.4f", p);
        return new Detail.Fact(
                label,
                CompareColumns.change(measured) + " " + measured.direction().word() + ", " + chance);
    }

    private static Detail.Fact link(Frame frame, String service, Side side, Compared row, String words) {
        return new Detail.Fact(
                words,
                frame.to(
                                row.kind().list(),
                                "service",
                                service,
                                "open",
                                row.id(),
                                "range",
                                "",
                                "live",
                                "",
                                "from",
                                side.range().from().toString(),
                                "to",
                                side.range().to().toString())
                        + "#open");
    }
}
