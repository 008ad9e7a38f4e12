package dev.headroom.dashboard.page.caches;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.economics.CacheEconomics;
import dev.headroom.dashboard.economics.Economics;
import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.operations.Rows.Cache;
import dev.headroom.dashboard.operations.Rows.Command;
import dev.headroom.dashboard.page.Cell;
import dev.headroom.dashboard.page.Column;
import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Distributions;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.ListPage;
import dev.headroom.dashboard.page.TimingColumns;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.List;

/** Whether each cache is worth it. */
final class CachesPage {
    private CachesPage() {}

    static ListPage of(Frame frame, Listing<Cache> listing, Distributions distributions, CacheEconomics economics) {
        List<Column<Cache>> columns = new ArrayList<>();
        columns.add(Column.text(
                "name",
                "Key pattern",
                "Cache, or Redis key with its variable parts replaced",
                Cache::name,
                row -> Cell.code(row.system().isEmpty() ? null : row.system(), row.name())));
        columns.add(Column.number(
                "ratio",
                "Hit ratio",
                "Hits of all lookups",
                Cache::hitRatio,
                row -> row.hitRatio() == null ? Cell.number(Figures.NONE) : Cell.share(row.hitRatio())));
        columns.add(Column.number(
                "hits",
                "Hits",
                "Lookups that found something",
                Cache::hits,
                row -> Cell.number(Figures.count(row.hits()))));
        columns.add(Column.number(
                "misses",
                "Misses",
                "Lookups that found nothing",
                Cache::misses,
                row -> Cell.number(Figures.count(row.misses()))));
        columns.addAll(TimingColumns.load(Cache::timing, TimingColumns.allMs(listing.items(), Cache::timing)));
        columns.addAll(TimingColumns.speed(Cache::timing));
        ListPage.Shape<Cache> shape = new ListPage.Shape<>("caches", columns, "time", Cache::name, Cache::name);
        TimeRange range = new TimeRange(listing.from(), listing.to());
        return ListPage.of(
                frame, shape, listing, row -> detail(frame, listing.service(), range, row, distributions, economics));
    }

    private static Detail detail(
            Frame frame,
            String service,
            TimeRange range,
            Cache row,
            Distributions distributions,
            CacheEconomics economics) {
        Economics worth = economics.of(service, row.name(), range);
        List<Detail.Fact> facts = new ArrayList<>(facts(row));
        facts.addAll(EconomicsFacts.of(worth));
        return new Detail(
                row.name(),
                true,
                facts,
                distributions.of(
                        service,
                        Metric.DB_DURATION,
                        range,
                        row.name(),
                        key -> "redis".equals(key.get(Attribute.DB_SYSTEM))
                                && row.name()
                                        .equals(key.get(
                                                Attribute.DB_KEY_PATTERN, key.get(Attribute.DB_OPERATION, "")))),
                List.of(EconomicsFacts.routes(worth)),
                List.of(new Detail.Fact(
                        "Budgets of this pattern", frame.to("/", "service", service, "q", row.name()))));
    }

    private static List<Detail.Fact> facts(Cache row) {
        List<Detail.Fact> facts = new ArrayList<>();
        facts.add(new Detail.Fact("lookups", Figures.count(row.hits() + row.misses())));
        facts.add(new Detail.Fact("commands", Figures.count(row.timing().count())));
        for (Command command : row.commands()) {
            Double p95Ms = command.timing().p95Ms();
            facts.add(new Detail.Fact(
                    command.operation(),
                    Figures.count(command.timing().count())
                            + (p95Ms == null ? "" : ", p95 " + Figures.duration(p95Ms))));
        }
        return facts;
    }
}
