package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.control.AgentState;
import dev.headroom.dashboard.control.DetailLevel;
import dev.headroom.dashboard.control.Order;
import dev.headroom.dashboard.control.OrderBook;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.Instance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form that gives one service's agents orders, filled with what holds now for the chosen target.
 *
 * @param open whether it is unfolded
 * @param options a line {@code name = number} each
 * @param given orders in force
 */
public record OrderPanel(
        String service,
        boolean open,
        List<Choice> targets,
        List<Choice> details,
        List<Choice> hooks,
        String options,
        List<Given> given) {
    /** Something to choose, and whether it is chosen. */
    public record Choice(String value, String label, boolean chosen) {}

    /** @param target the JVM, or that it is for all of them */
    public record Given(String instance, String target, String what, String when) {}

    static OrderPanel of(
            Frame frame, String service, List<Instance> instances, Map<String, AgentState> states, OrderBook book) {
        String target = frame.parameter("target");
        boolean one =
                instances.stream().anyMatch(instance -> instance.instance().equals(target));
        @Nullable Order order = book.given(service, one ? target : null);
        List<Given> given = book.all().stream()
                .filter(each -> each.service().equals(service))
                .map(each -> given(each, instances))
                .toList();
        return new OrderPanel(
                service,
                one || frame.services().size() == 1 || service.equals(frame.service()),
                targets(instances, one ? target : ""),
                details(order == null ? DetailLevel.ALL : order.detail()),
                hooks(states.values(), order == null ? new TreeSet<>() : order.hooksOff()),
                order == null ? "" : numbers(order),
                given);
    }

    private static List<Choice> targets(List<Instance> instances, String chosen) {
        List<Choice> targets = new ArrayList<>();
        targets.add(new Choice("", "every JVM", chosen.isEmpty()));
        for (Instance instance : instances) {
            targets.add(new Choice(
                    instance.instance(),
                    InstancesPage.place(instance),
                    instance.instance().equals(chosen)));
        }
        return targets;
    }

    private static List<Choice> details(DetailLevel chosen) {
        return List.of(DetailLevel.values()).stream()
                .map(level -> new Choice(level.word(), level.title(), level == chosen))
                .toList();
    }

    private static List<Choice> hooks(Collection<AgentState> states, SortedSet<String> off) {
        SortedSet<String> names = new TreeSet<>(off);
        states.forEach(state -> names.addAll(state.hooks().keySet()));
        return names.stream()
                .map(name -> new Choice(name, name, off.contains(name)))
                .toList();
    }

    private static String numbers(Order order) {
        return order.options().entrySet().stream()
                .map(option -> option.getKey() + " = " + number(option.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static Given given(Order order, List<Instance> instances) {
        String instance = order.instance() == null ? "" : order.instance();
        String target = instances.stream()
                .filter(each -> each.instance().equals(instance))
                .map(InstancesPage::place)
                .findFirst()
                .orElse(instance.isEmpty() ? "every JVM" : instance);
        return new Given(instance, target, what(order), order.given().toString().replaceFirst("\\..*Z", "Z"));
    }

    /** In a few words, such as "counts only; off: jedis". */
    static String what(Order order) {
        List<String> words = new ArrayList<>();
        words.add(order.detail().title());
        if (!order.hooksOff().isEmpty()) {
            words.add("off: " + String.join(", ", order.hooksOff()));
        }
        if (!order.options().isEmpty()) {
            words.add(numbers(order).replace("\n", ", "));
        }
        return String.join("; ", words);
    }
}
