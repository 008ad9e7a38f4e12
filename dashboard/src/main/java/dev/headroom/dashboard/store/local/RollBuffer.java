package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows on their way into the tiers' files, one transaction per file. Used by one thread at a time. */
final class RollBuffer {
    /** Values held before they are written: some ten megabytes. */
    private static final int MOST_VALUES = 20_000;

    private record Clear(
            String service,
            long from,
            long to,
            long source,
            @Nullable Long part) {}

    /** @param totals null for the number of windows */
    private record Row(
            String service,
            Interval interval,
            @Nullable String instance,
            long source,
            long part,
            String metric,
            @Nullable Totals totals,
            int windows) {}

    private record Target(Tier tier, Instant period) {}

    private static final class Content {
        private final List<Clear> clears = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
    }

    /** Names that the open writing connection of a file has seen. */
    private record Writer(Statements statements, NameWriter names) {}

    private final StoreDirectory directory;
    private final SeriesPool pool;
    private final TierReach tiers;
    private final Map<Target, Content> contents = new HashMap<>();
    private final Map<PeriodFile, Writer> writers = new HashMap<>();
    private Reach reach;
    private int values;

    RollBuffer(StoreDirectory directory, SeriesPool pool, TierReach tiers) {
        this.directory = directory;
        this.pool = pool;
        this.tiers = tiers;
        this.reach = tiers.now();
    }

    /** What stands there of the part is replaced; null for every part of the source. */
    void clear(Tier tier, String service, long from, long to, long source, @Nullable Long part) {
        if (reach.reaches(tier, from)) {
            content(tier, to).clears.add(new Clear(service, from, to, source, part));
        }
    }

    /** @param instance null in tiers of services */
    void put(
            Tier tier,
            String service,
            Interval interval,
            @Nullable String instance,
            long source,
            long part,
            Cell cell) {
        if (!reach.reaches(tier, interval.end() - 1)) {
            return;
        }
        Content content = content(tier, interval.end());
        if (cell.windows() > 0) {
            content.rows.add(new Row(service, interval, instance, source, part, "", null, cell.windows()));
        }
        cell.metrics().forEach((metric, totals) -> {
            content.rows.add(new Row(service, interval, instance, source, part, metric, totals, 0));
            values += totals.size();
        });
    }

    private Content content(Tier tier, long end) {
        Instant period = tier.periodStart(Instant.ofEpochMilli(end - 1));
        return contents.computeIfAbsent(new Target(tier, period), absent -> new Content());
    }

    boolean full() {
        return values >= MOST_VALUES;
    }

    /**
     * Writes what is held; durable on return.
     *
     * @throws dev.headroom.dashboard.store.StoreUnusableException when a file refuses; what is held is dropped
     */
    void flush() {
        try {
            contents.forEach((target, content) -> {
                PeriodFile file = directory.forWriting(target.tier, target.period);
                try {
                    file.write(connection -> write(file, connection, content));
                } catch (RuntimeException failure) {
                    writers.remove(file);
                    throw failure;
                }
            });
        } finally {
            drop();
        }
        if (writers.size() > Tier.values().length * 2) {
            writers.clear();
        }
    }

    /** Forgets what is held. */
    void drop() {
        contents.clear();
        values = 0;
        reach = tiers.now();
    }

    private int write(PeriodFile file, Connection connection, Content content) throws SQLException {
        Writer writer = writers.get(file);
        if (writer == null || writer.statements.connection() != connection) {
            Statements statements = new Statements(connection);
            writer = new Writer(statements, new NameWriter(statements, pool));
            writers.put(file, writer);
        }
        writer.names.trim();
        for (Clear clear : content.clears) {
            CellFile.clear(
                    writer.statements,
                    writer.names.service(clear.service),
                    clear.from,
                    clear.to,
                    clear.source,
                    clear.part);
        }
        boolean deflate = file.tier().perInstance();
        long cell = file.tier().cell().toMillis();
        for (Row row : content.rows) {
            int service = writer.names.service(row.service);
            boolean count = row.totals == null;
            CellFile.put(
                    writer.statements,
                    service,
                    row.interval,
                    count ? CellFile.WINDOWS : writer.names.metric(row.metric),
                    writer.names.sender(row.service, row.instance),
                    row.source,
                    row.part,
                    row.totals == null
                            ? CellPoints.windows(row.windows)
                            : CellPoints.write(writer.names, row.service, row.totals, deflate));
            if (count && !row.interval.isCell(cell)) {
                CellFile.putCrossing(writer.statements, service, row.interval);
            }
        }
        return content.rows.size();
    }
}
