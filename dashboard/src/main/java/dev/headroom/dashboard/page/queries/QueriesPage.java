package dev.headroom.dashboard.page.queries;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.economics.Shares;
import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.operations.Rows.Query;
import dev.headroom.dashboard.page.Cell;
import dev.headroom.dashboard.page.Column;
import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.ListPage;
import dev.headroom.dashboard.page.SharesTable;
import dev.headroom.dashboard.page.TimingColumns;
import dev.headroom.dashboard.plan.KeptPlan;
import dev.headroom.dashboard.plan.PlanBook;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which statement costs most. */
final class QueriesPage {
    private QueriesPage() {}

    static ListPage of(
            Frame frame, Listing<Query> listing, Distributions distributions, Shares shares, PlanBook plans) {
        List<Column<Query>> columns = new ArrayList<>();
        columns.add(Column.text(
                "name",
                "Statement",
                "Statement without its literals",
                Query::name,
                row -> Cell.code(null, row.name())));
        columns.addAll(TimingColumns.load(Query::timing, TimingColumns.allMs(listing.items(), Query::timing)));
        columns.add(Column.number(
                "rows", "Rows", "Rows read or changed", Query::rows, row -> Cell.number(Figures.count(row.rows()))));
        columns.addAll(TimingColumns.speed(Query::timing));
        ListPage.Shape<Query> shape = new ListPage.Shape<>(
                "queries", columns, "time", QueriesPage::id, row -> row.name() + " " + row.fingerprint());
        TimeRange range = new TimeRange(listing.from(), listing.to());
        return ListPage.of(
                frame,
                shape,
                listing,
                row -> detail(frame, listing.service(), range, row, distributions, shares, plans));
    }

    private static Detail detail(
            Frame frame,
            String service,
            TimeRange range,
            Query row,
            Distributions distributions,
            Shares shares,
            PlanBook plans) {
        List<Detail.Fact> facts = new ArrayList<>();
        facts.add(new Detail.Fact("database", row.system() + (row.namespace() == null ? "" : " " + row.namespace())));
        facts.add(new Detail.Fact("fingerprint", row.fingerprint().isEmpty() ? Figures.NONE : row.fingerprint()));
        facts.add(new Detail.Fact(
                "rows per call",
                row.timing().count() == 0
                        ? Figures.NONE
                        : Figures.number(row.rows() / (double) row.timing().count())));
        KeptPlan plan = plans.of(service, row.fingerprint());
        facts.addAll(PlanFacts.of(plan));
        Predicate<SeriesKey> matching = key -> row.fingerprint().isEmpty()
                ? row.name().equals(key.get(Attribute.DB_QUERY))
                : row.fingerprint().equals(key.get(Attribute.DB_FINGERPRINT));
        return new Detail(
                        row.name(),
                        true,
                        facts,
                        distributions.of(service, Metric.DB_DURATION, range, row.name(), matching),
                        row.fingerprint().isEmpty()
                                ? List.of()
                                : List.of(SharesTable.ofStatement(shares.of(service, range, null, row.fingerprint()))),
                        links(frame, service, row))
                .over(distributions.over(
                        frame, service, Metric.DB_DURATION, row.name(), matching, PlanFacts.changes(plan)));
    }

    private static List<Detail.Fact> links(Frame frame, String service, Query row) {
        Detail.Fact budgets =
                new Detail.Fact("Budgets of this statement", frame.to("/", "service", service, "q", row.name()));
        return row.fingerprint().isEmpty()
                ? List.of(budgets)
                : List.of(
                        budgets,
                        new Detail.Fact(
                                "Examples of this",
                                frame.to("/examples", "service", service, "fingerprint", row.fingerprint())));
    }

    /** A statement's shape names it in links; other senders' statements have only their text. */
    private static String id(Query row) {
        return row.fingerprint().isEmpty() ? row.name() : row.fingerprint();
    }
}
