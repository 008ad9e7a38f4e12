package dev.headroom.cost;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures as a table in Markdown, a line for each figure, a column for each agent. Stateless. */
final class CostTable {
    private CostTable() {}

    static String of(Rounds rounds, List<Agent> agents, Machine machine, int runs) {
        StringBuilder text = new StringBuilder();
        text.append("Median of ")
                .append(runs)
                .append(" interleaved rounds (smallest to largest), then the median of the\n");
        text.append("rounds' own differences to and ratios with no agent. ")
                .append(machine.described())
                .append("\n\n");
        text.append("| |");
        agents.forEach(agent -> text.append(' ').append(agent.name()).append(" |"));
        text.append("\n|---|");
        agents.forEach(agent -> text.append("---|"));
        text.append('\n');
        for (Figure figure : Figure.values()) {
            if (agents.stream().anyMatch(agent -> rounds.values(agent.name(), figure) != null)) {
                text.append("| ").append(figure.title());
                if (!figure.unit().isEmpty()) {
                    text.append(", ").append(figure.unit());
                }
                text.append(" |");
                for (Agent agent : agents) {
                    text.append(' ').append(cell(rounds, agent, figure)).append(" |");
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String cell(Rounds rounds, Agent agent, Figure figure) {
        Rounds.Spread values = rounds.values(agent.name(), figure);
        if (values == null) {
            return "–";
        }
        String cell = "%s (%s–%s)".formatted(number(values.median()), number(values.min()), number(values.max()));
        if (agent.equals(Agent.NONE)) {
            return cell;
        }
        return cell + change(rounds.added(agent.name(), figure), rounds.ratios(agent.name(), figure));
    }

    private static String change(Rounds.@Nullable Spread added, Rounds.@Nullable Spread ratio) {
        if (added == null || ratio == null) {
            return "";
        }
        String sign = added.median() < 0 ? "−" : "+";
        return "; " + sign + number(Math.abs(added.median())) + String.format(Locale.ROOT, ", × %.3f", ratio.median());
    }

    /** Three digits are more than these figures are good for. */
    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
