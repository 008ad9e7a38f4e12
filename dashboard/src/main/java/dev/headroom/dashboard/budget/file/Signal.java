package dev.headroom.dashboard.budget.file;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a budget is about: which events or readings, what can be measured of them, and what selects among them. */
public enum Signal {
    HTTP(
            "http",
            List.of("route", "method", "status", "class", "cache", "response.size", "content"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("status", Dimension.WORD),
            Quantity.of("response.size", Dimension.SIZE),
            Quantity.of("encoding", Dimension.WORD)),
    HTTP_CLIENT(
            "http-client",
            List.of("peer", "method", "status"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("status", Dimension.WORD),
            Quantity.of("outcome", Dimension.WORD)),
    REQUEST(
            "request",
            List.of("route", "method", "status", "class", "cache"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("db.calls", Dimension.NUMBER),
            Quantity.of("db.repeated", Dimension.NUMBER),
            Quantity.of("db.repeated_writes", Dimension.NUMBER),
            Quantity.of("db.connections.opened", Dimension.NUMBER)),
    DB(
            "db",
            List.of("query", "table", "shape", "verb", "rows", "limit", "offset"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("rows", Dimension.NUMBER),
            Quantity.of("columns", Dimension.NUMBER),
            Quantity.of("offset", Dimension.NUMBER),
            Quantity.of("outcome", Dimension.WORD),
            Quantity.of("plan.seq_scan_rows", Dimension.NUMBER),
            Quantity.of("plan.index_used", Dimension.FLAG)),
    POOL(
            "pool",
            List.of("pool"),
            Quantity.gauge("utilization", Dimension.SHARE),
            Quantity.of("wait", Dimension.TIME),
            Quantity.of("held", Dimension.TIME),
            Quantity.of("timeout", Dimension.FLAG),
            Quantity.of("advice", Dimension.FLAG)),
    CACHE(
            "cache",
            List.of("cache", "op", "ttl"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("result", Dimension.WORD),
            Quantity.of("outcome", Dimension.WORD),
            Quantity.of("ttl", Dimension.TIME),
            Quantity.of("value.size", Dimension.SIZE)),
    REDIS(
            "redis",
            List.of("command"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("outcome", Dimension.WORD),
            Quantity.of("ping", Dimension.TIME),
            Quantity.gauge("memory.used", Dimension.SIZE),
            Quantity.gauge("memory.utilization", Dimension.SHARE),
            Quantity.of("evicted", Dimension.FLAG)),
    PROCESS(
            "process",
            List.of(),
            Quantity.gauge("cpu.utilization", Dimension.SHARE),
            Quantity.gauge("memory.rss", Dimension.SIZE)),
    JVM(
            "jvm",
            List.of(),
            Quantity.gauge("heap.after_gc.utilization", Dimension.SHARE),
            Quantity.gauge("gc.overhead", Dimension.SHARE)),
    WEBSOCKET(
            "websocket",
            List.of("route"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.gauge("connections_per_user", Dimension.NUMBER)),
    DB_SERVER(
            "db-server",
            List.of(),
            Quantity.gauge("cpu.utilization", Dimension.SHARE),
            Quantity.gauge("memory.utilization", Dimension.SHARE)),
    HOST("host", List.of(), Quantity.gauge("disk.busy", Dimension.SHARE)),
    MESSAGING(
            "messaging",
            List.of(),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("batch.size", Dimension.NUMBER),
            Quantity.of("priority", Dimension.NUMBER)),
    /** Any metric by name: its {@code where} keys are its labels, its quantity is free. */
    METRIC("metric", List.of()),
    /** Tests only: a named block or test. */
    SCOPE(
            "scope",
            List.of("cache", "route", "class"),
            Quantity.of("duration", Dimension.TIME),
            Quantity.of("db.calls", Dimension.NUMBER),
            Quantity.of("db.repeated", Dimension.NUMBER),
            Quantity.of("db.repeated_writes", Dimension.NUMBER),
            Quantity.of("db.rows", Dimension.NUMBER),
            Quantity.of("redis.calls", Dimension.NUMBER));

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // written in the constructor only
    private final Set<String> selectors = new LinkedHashSet<>();

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Quantity> quantities;

    Signal(String key, List<String> selectors, Quantity... quantities) {
        this.key = key;
        this.selectors.addAll(selectors);
        this.selectors.addAll(List.of("service", "env", "instance", "version"));
        this.quantities = List.of(quantities);
    }

    public String key() {
        return key;
    }

    /** Keys that {@code where} may use. */
    Set<String> selectors() {
        return selectors;
    }

    /** Whether {@code where} may use this key beyond those of every signal. */
    boolean free() {
        return this == METRIC;
    }

    List<String> quantityKeys() {
        List<String> keys = new ArrayList<>();
        for (Quantity quantity : quantities) {
            keys.add(quantity.key());
        }
        return keys;
    }

    /** The quantity of that name, or null. */
    public @Nullable Quantity quantity(String name) {
        for (Quantity quantity : quantities) {
            if (quantity.key().equals(name)) {
                return quantity;
            }
        }
        return free() ? Quantity.of(name, Dimension.AMOUNT) : null;
    }

    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Signal signal : values()) {
            if (signal != SCOPE) {
                keys.add(signal.key);
            }
        }
        return keys;
    }

    static @Nullable Signal of(String key) {
        for (Signal signal : values()) {
            if (signal.key.equals(key)) {
                return signal;
            }
        }
        return null;
    }
}
