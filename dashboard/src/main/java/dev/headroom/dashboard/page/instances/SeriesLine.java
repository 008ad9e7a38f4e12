package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.ingest.SeriesUse;
import dev.headroom.dashboard.page.Figures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many of its series a service uses, for people.
 *
 * @param width of the bar
 * @param near whether detail will soon be lost, or is
 * @param folded points whose detail was lost
 * @param top the attribute with most values, or a dash
 */
public record SeriesLine(
        String service,
        String used,
        String limit,
        String width,
        boolean near,
        String folded,
        boolean lost,
        String top) {
    static List<SeriesLine> of(List<SeriesUse> all, List<String> services, @Nullable String chosen) {
        return all.stream()
                .filter(use -> chosen == null ? services.contains(use.service()) : chosen.equals(use.service()))
                .map(SeriesLine::of)
                .toList();
    }

    private static SeriesLine of(SeriesUse use) {
        return new SeriesLine(
                use.service(),
                Figures.count(use.used()),
                Figures.count(use.limit()),
                Math.min(100, Math.round(use.share() * 100)) + "%",
                use.near() || use.foldedPoints() > 0,
                Figures.count(use.foldedPoints()),
                use.foldedPoints() > 0,
                use.topAttribute() == null
                        ? Figures.NONE
                        : use.topAttribute() + ": " + Figures.count(use.topValues()) + " values");
    }
}
