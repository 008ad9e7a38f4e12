package dev.headroom.dashboard.control;

import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes orders from people and programs: checks every word of them, then writes them into the book. Thread-safe; blocks on the store. */
@Component
public class Orders {
    private final MetricStore store;
    private final AgentStates states;
    private final OrderBook book;
    private final InstantSource clock;

    Orders(MetricStore store, AgentStates states, OrderBook book, InstantSource clock) {
        this.store = store;
        this.states = states;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Puts an order in force in place of the earlier one for the same.
     *
     * @param instance null for the whole service
     * @param detail word of a level; null for everything
     * @throws RefusedException when something in it is not as it must be; nothing was changed
     */
    public Order give(
            String service,
            @Nullable String instance,
            @Nullable String detail,
            Collection<String> hooksOff,
            Map<String, Double> options) {
        checkTarget(service, instance);
        Order order = new Order(
                service, instance, level(detail), hooks(service, hooksOff), checked(options), clock.instant());
        book.give(order);
        return order;
    }

    /** Ends an order. @return whether there was one */
    public boolean withdraw(String service, @Nullable String instance) {
        return book.withdraw(service, instance);
    }

    private void checkTarget(String service, @Nullable String instance) {
        List<String> services = store.services();
        if (!services.contains(service)) {
            throw RefusedException.unknown(
                    "Unknown service",
                    service,
                    services.isEmpty() ? "a service that reports; none has reported yet" : "one of " + services,
                    "Services appear with their first report; GET /api/v1/services lists them.");
        }
        if (instance != null) {
            List<String> instances =
                    store.instances(service).stream().map(Instance::instance).toList();
            if (!instances.contains(instance)) {
                throw RefusedException.unknown(
                        "Unknown instance",
                        instance,
                        "one of " + instances,
                        "GET /api/v1/instances?service=" + service + " lists them.");
            }
        }
    }

    private static DetailLevel level(@Nullable String word) {
        if (word == null) {
            return DetailLevel.ALL;
        }
        DetailLevel level = DetailLevel.named(word);
        if (level == null) {
            throw RefusedException.bad(
                    "Unknown detail", word, "one of " + DetailLevel.words(), "Leave detail out for everything.");
        }
        return level;
    }

    private SortedSet<String> hooks(String service, Collection<String> named) {
        SortedSet<String> known = states.hooks(service);
        for (String hook : named) {
            if (!Order.NAME.matcher(hook).matches() || (!known.isEmpty() && !known.contains(hook))) {
                throw RefusedException.bad(
                        "Unknown hook",
                        hook,
                        known.isEmpty() ? "a name such as jdbc" : "one of " + known,
                        "The agent's README lists all hooks; an agent tells those it has with every window.");
            }
        }
        return new TreeSet<>(named);
    }

    private static Map<String, Double> checked(Map<String, Double> options) {
        if (options.size() > Order.MOST_OPTIONS) {
            throw RefusedException.bad(
                    "Too many options",
                    options.size() + " options",
                    "at most " + Order.MOST_OPTIONS,
                    "Agents know only a few; leave out the others.");
        }
        options.forEach((name, value) -> {
            if (!Order.NAME.matcher(name).matches()) {
                throw RefusedException.bad(
                        "Wrong name of an option",
                        name,
                        "small letters, digits, dots and dashes, at most 64, beginning with a letter",
                        "For example slow.sql.ms.");
            }
            if (value == null || value.isNaN() || value.isInfinite()) {
                throw RefusedException.bad(
                        "Wrong value of option " + name, String.valueOf(value), "a number", "For example 200.");
            }
        });
        return new TreeMap<>(options);
    }
}
