package dev.headroom.dashboard.store.local;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which tier gives which part of a range: the coarsest whose cells lie whole inside, finer ones at the edges. Times are Unix
 * milliseconds.
 */
final class Plan {
    private static final List<Tier> OF_SERVICES = List.of(Tier.S600, Tier.S60, Tier.S10);
    private static final List<Tier> OF_INSTANCES = List.of(Tier.I600, Tier.I60, Tier.RAW);

    /** Rows of the tier that end in {@code (from, to]}. */
    record Section(Tier tier, long from, long to) {}

    private Plan() {}

    /** Coarsest first. */
    static List<Tier> tiers(boolean perInstance) {
        return perInstance ? OF_INSTANCES : OF_SERVICES;
    }

    /**
     * @param edges of slices; a cell that one of them cuts is read from a finer tier, or not at all where no tier is fine enough
     */
    static List<Section> of(long[] edges, boolean perInstance, Reach reach) {
        List<Section> sections = new ArrayList<>();
        long oldestCell = oldestCell(perInstance, reach);
        for (int i = 1; i < edges.length; i++) {
            long at = edges[i - 1];
            if (at < oldestCell) {
                // A window that began in another decade widens ranges to it: nothing but rows can be there.
                long until = Math.min(edges[i], oldestCell);
                long from = Math.max(at, reach.oldest(Tier.RAW));
                if (perInstance && from < until) {
                    add(sections, new Section(Tier.RAW, from, until));
                }
                at = until;
            }
            while (at < edges[i]) {
                Section next = next(at, edges[i], perInstance, reach);
                if (next != null) {
                    add(sections, next);
                }
                at = next == null ? at + Grid.CELL_MILLIS : next.to;
            }
        }
        return sections;
    }

    private static long oldestCell(boolean perInstance, Reach reach) {
        long oldest = Long.MAX_VALUE;
        for (Tier tier : tiers(perInstance)) {
            oldest = Math.min(oldest, tier == Tier.RAW ? oldest : reach.oldest(tier));
        }
        // Where every tier has an edge.
        return oldest == Long.MIN_VALUE ? oldest : Math.floorDiv(oldest, Pending.TEN_MILLIS) * Pending.TEN_MILLIS;
    }

    private static @Nullable Section next(long at, long to, boolean perInstance, Reach reach) {
        Tier finest = null;
        for (Tier tier : tiers(perInstance)) {
            if (reach.reaches(tier, at)) {
                long cell = tier.cell().toMillis();
                if (at % cell == 0 && at + cell <= to) {
                    return new Section(tier, at, at + cell);
                }
                finest = tier;
            }
        }
        // No cell lies in there, or the edge would not be here; but a window that fits no cell may end there.
        return finest == null ? null : new Section(finest, at, at + Grid.CELL_MILLIS);
    }

    private static void add(List<Section> sections, Section next) {
        int last = sections.size() - 1;
        if (last >= 0 && sections.get(last).tier == next.tier && sections.get(last).to == next.from) {
            sections.set(last, new Section(next.tier, sections.get(last).from, next.to));
        } else {
            sections.add(next);
        }
    }
}
