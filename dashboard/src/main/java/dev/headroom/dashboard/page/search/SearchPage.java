package dev.headroom.dashboard.page.search;

import dev.headroom.dashboard.operations.Search;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found, a group a kind.
 *
 * @param notes what was not looked into or is not listed
 */
public record SearchPage(String question, List<Group> groups, List<String> notes) {
    /** Rows of a group. */
    static final int MOST = 50;

    /** @param code whether the names are statements or patterns */
    public record Group(String title, boolean code, List<Found> rows) {}

    public record Found(String service, String name, String href, String total, String rate) {}

    static SearchPage of(Frame frame, Search.Result result) {
        List<Group> groups = new ArrayList<>();
        for (Search.Kind kind : Search.Kind.values()) {
            List<Found> rows = result.hits().stream()
                    .filter(hit -> hit.kind() == kind)
                    .map(hit -> new Found(
                            hit.service(),
                            hit.name(),
                            href(frame, hit),
                            Figures.duration(hit.totalMs()),
                            Figures.number(hit.ratePerSecond())))
                    .toList();
            if (!rows.isEmpty()) {
                boolean code = kind == Search.Kind.STATEMENT || kind == Search.Kind.CACHE;
                groups.add(new Group(title(kind), code, rows));
            }
        }
        List<String> notes = new ArrayList<>();
        if (result.left() > 0) {
            notes.add(
                    Figures.count(result.left()) + " more were found: a longer question, or one service, shows them.");
        }
        if (result.servicesLeft() > 0) {
            notes.add(Figures.count(result.servicesLeft()) + " services were not looked into: choose one.");
        }
        return new SearchPage(result.question(), groups, notes);
    }

    private static String title(Search.Kind kind) {
        return switch (kind) {
            case SERVICE -> "Services";
            case ROUTE -> "Routes";
            case STATEMENT -> "Statements";
            case CACHE -> "Caches and keys";
            case POOL -> "Pools";
            case PEER -> "Calls out";
        };
    }

    private static String href(Frame frame, Search.Hit hit) {
        String list = switch (hit.kind()) {
            case SERVICE -> "";
            case ROUTE -> "/routes";
            case STATEMENT -> "/queries";
            case CACHE -> "/caches";
            case POOL -> "/pools";
            case PEER -> "/calls";
        };
        return list.isEmpty()
                ? frame.service(hit.service())
                : frame.to(list, "service", hit.service(), "open", hit.id()) + "#open";
    }
}
