package dev.headroom.dashboard.control;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an agent said last about itself. Immutable.
 *
 * @param effective the lower of the two that follow
 * @param ordered as the dashboard wanted it when the agent last asked
 * @param governed as the agent's own governor wants it
 * @param hooks every hook the agent has, and whether it is on
 * @param failed hooks that switched themselves off
 * @param options numbers it was ordered
 */
public record AgentState(
        DetailLevel effective,
        DetailLevel ordered,
        DetailLevel governed,
        SortedMap<String, Boolean> hooks,
        SortedSet<String> failed,
        SortedMap<String, Double> options) {
    /** The hooks that are switched off by order. */
    public SortedSet<String> hooksOff() {
        SortedSet<String> off = new TreeSet<>();
        hooks.forEach((name, on) -> {
            if (!on) {
                off.add(name);
            }
        });
        return off;
    }

    /** Whether it does what it is told; a hook that it does not have it need not switch off. */
    public boolean obeys(@Nullable Order order) {
        SortedSet<String> wanted = new TreeSet<>(order == null ? new TreeSet<>() : order.hooksOff());
        wanted.retainAll(hooks.keySet());
        return ordered == (order == null ? DetailLevel.ALL : order.detail())
                && hooksOff().equals(wanted)
                && options.equals(order == null ? Map.of() : new TreeMap<>(order.options()));
    }
}
