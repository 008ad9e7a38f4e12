package dev.headroom.dashboard.control;

import dev.headroom.dashboard.store.SettingStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every order in force: in memory for those who ask with every window, in the store for the next start. Thread-safe. */
@Component
public final class OrderBook {
    private static final String KIND = "order";
    private static final Comparator<Order> SORTED = Comparator.comparing(Order::service)
            .thenComparing(order -> order.instance() == null ? "" : order.instance());

    private final SettingStore store;
    private final Map<Key, Order> orders = new ConcurrentHashMap<>();

    private record Key(String service, @Nullable String instance) {
        /** An instance cannot hold a line break, a service name that does is cut at its last one. */
        static Key read(String name) {
            int end = name.lastIndexOf('\n');
            String instance = name.substring(end + 1);
            return new Key(name.substring(0, end), instance.isEmpty() ? null : instance);
        }

        String name() {
            return service + "\n" + (instance == null ? "" : instance);
        }
    }

    OrderBook(SettingStore store) {
        this.store = store;
        store.settings(KIND).forEach((name, text) -> {
            Key key = Key.read(name);
            int end = text.indexOf('\n');
            Instant given = Instant.parse(text.substring(0, end));
            orders.put(key, Order.read(key.service, key.instance, text.substring(end + 1), given));
        });
    }

    /** Puts the order in force in place of an earlier one for the same. Blocks until it is on disk. */
    public void give(Order order) {
        Key key = new Key(order.service(), order.instance());
        store.put(KIND, key.name(), order.given() + "\n" + order.lines());
        orders.put(key, order);
    }

    /** Ends the order. Blocks until that is on disk. @return whether there was one */
    public boolean withdraw(String service, @Nullable String instance) {
        Key key = new Key(service, instance);
        store.remove(KIND, key.name());
        return orders.remove(key) != null;
    }

    /** What holds for the JVM: its own order, else its service's, else null. Never blocks. */
    public @Nullable Order of(String service, @Nullable String instance) {
        Order own = instance == null ? null : orders.get(new Key(service, instance));
        return own != null ? own : orders.get(new Key(service, null));
    }

    /** Exactly for this, without the service's where a JVM is named. */
    public @Nullable Order given(String service, @Nullable String instance) {
        return orders.get(new Key(service, instance));
    }

    /** By service and instance. */
    public List<Order> all() {
        return orders.values().stream().sorted(SORTED).toList();
    }
}
