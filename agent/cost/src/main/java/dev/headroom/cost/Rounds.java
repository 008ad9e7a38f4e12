package dev.headroom.cost;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of all rounds; a ratio pairs what was measured in one round, minutes apart at most. One thread at a time. */
final class Rounds {
    private final Map<String, List<Map<Figure, Double>>> byAgent = new LinkedHashMap<>();

    /** @param agents in the order of the table, the one to compare with first */
    Rounds(List<Agent> agents) {
        agents.forEach(agent -> byAgent.put(agent.name(), new ArrayList<>()));
    }

    /** The place for the agent's figures of the next round. */
    Map<Figure, Double> next(Agent agent) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        of(agent.name()).add(figures);
        return figures;
    }

    /** Median and spread of what is in the list. */
    record Spread(double median, double min, double max) {
        static @Nullable Spread of(List<Double> values) {
            if (values.isEmpty()) {
                return null;
            }
            List<Double> sorted = values.stream().sorted().toList();
            int size = sorted.size();
            double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(size - 1));
        }
    }

    /** Null when it was not measured. */
    @Nullable
    Spread values(String agent, Figure figure) {
        return Spread.of(of(agent).stream()
                .filter(figures -> figures.containsKey(figure))
                .map(figures -> figures.getOrDefault(figure, 0.0))
                .toList());
    }

    /** The agent's figure over that of the first agent in the same round; null when either was not measured. */
    @Nullable
    Spread ratios(String agent, Figure figure) {
        return paired(agent, figure, true);
    }

    /** The agent's figure less that of the first agent in the same round; null when either was not measured. */
    @Nullable
    Spread added(String agent, Figure figure) {
        return paired(agent, figure, false);
    }

    private @Nullable Spread paired(String agent, Figure figure, boolean ratio) {
        List<Map<Figure, Double>> base = of(byAgent.keySet().iterator().next());
        List<Map<Figure, Double>> own = of(agent);
        List<Double> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(base.size(), own.size()); i++) {
            Double without = base.get(i).get(figure);
            Double with = own.get(i).get(figure);
            if (without != null && with != null && !(ratio && without == 0)) {
                pairs.add(ratio ? with / without : with - without);
            }
        }
        return Spread.of(pairs);
    }

    private List<Map<Figure, Double>> of(String agent) {
        return byAgent.computeIfAbsent(agent, name -> new ArrayList<>());
    }
}
