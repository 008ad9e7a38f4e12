package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.RequestClass;
import dev.headroom.dashboard.store.SeriesKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a stored series says about the keys that {@code where}, {@code per} and conditions use. Immutable and thread-safe.
 */
final class Facts {
    /** The subject of what the caps keep out. */
    static final String OTHER = "other";

    private static final Set<String> KNOWN = Set.of(
            "service",
            "env",
            "instance",
            "version",
            "route",
            "method",
            "status",
            "class",
            "cache",
            "query",
            "verb",
            "table",
            "shape",
            "limit",
            "offset",
            "pool",
            "op",
            "ttl",
            "command",
            "peer",
            "outcome",
            "result",
            "content",
            "encoding");

    private final List<RequestClass> classes;

    Facts(List<RequestClass> classes) {
        this.classes = classes;
    }

    /** The classes in words that stay the same from one run to the next. */
    String written() {
        StringBuilder written = new StringBuilder();
        for (RequestClass each : classes) {
            written.append(each.name())
                    .append(' ')
                    .append(each.http())
                    .append(new TreeMap<>(each.database()))
                    .append(new TreeMap<>(each.outcome()))
                    .append(each.exclude())
                    .append(';');
        }
        return written.toString();
    }

    /** Whether anything measures what the key asks for. */
    static boolean knows(String key) {
        return KNOWN.contains(key);
    }

    /**
     * The value of the key, or null where the series has none.
     *
     * @param resource attributes of the JVM
     */
    @Nullable
    String of(String key, String service, String instance, Map<String, String> resource, SeriesKey series) {
        return switch (key) {
            case "service" -> service;
            case "instance" -> instance;
            case "env" -> resource.get("deployment.environment.name");
            case "version" -> resource.get("service.version");
            default -> of(key, series);
        };
    }

    private @Nullable String of(String key, SeriesKey series) {
        if (isOverflow(series) && !key.equals("outcome")) {
            return OTHER;
        }
        return switch (key) {
            case "route" -> route(series);
            case "method" -> series.get(Attribute.HTTP_METHOD);
            case "status" -> series.get(Attribute.HTTP_STATUS);
            case "class" -> requestClass(series);
            case "cache" -> cache(series);
            case "query" -> query(series);
            case "op" -> series.is(Metric.CACHE_TTL) ? "set" : series.get(Attribute.DB_OPERATION);
            case "verb", "command" -> series.get(Attribute.DB_OPERATION);
            case "ttl" -> series.get(Attribute.CACHE_TTL);
            case "table" -> StatementText.table(statement(series));
            case "shape" -> StatementText.shape(statement(series));
            case "limit" -> StatementText.limit(statement(series));
            case "offset" -> StatementText.offset(statement(series));
            case "pool" -> series.get(Attribute.POOL_NAME);
            case "peer" -> peer(series);
            case "outcome" -> series.get(Attribute.ERROR_TYPE) == null ? "success" : "error";
            case "content" -> series.get(Attribute.RESPONSE_CONTENT);
            case "encoding" -> series.get(Attribute.RESPONSE_ENCODING);
            case "result" -> series.get(Attribute.CACHE_RESULT);
            default -> null;
        };
    }

    static boolean isOverflow(SeriesKey series) {
        return "true".equals(series.get(Attribute.OVERFLOW));
    }

    static String route(SeriesKey series) {
        return series.get(Attribute.HTTP_METHOD, "?") + " " + series.get(Attribute.HTTP_ROUTE, "unmatched");
    }

    private static String statement(SeriesKey series) {
        return series.get(Attribute.DB_QUERY, "");
    }

    private static @Nullable String query(SeriesKey series) {
        String text = series.get(Attribute.DB_QUERY);
        return text != null ? text : series.get(Attribute.DB_OPERATION);
    }

    private static @Nullable String peer(SeriesKey series) {
        String address = series.get(Attribute.SERVER_ADDRESS);
        String port = series.get(Attribute.SERVER_PORT);
        return address == null || port == null ? address : address + ":" + port;
    }

    /** Of a request its hit or miss, of a cache operation the cache's name; a Redis command without a key is its own. */
    private static @Nullable String cache(SeriesKey series) {
        String name = series.get(Attribute.CACHE_NAME);
        if (name != null) {
            return name;
        }
        String pattern = series.get(Attribute.DB_KEY_PATTERN);
        if (pattern != null) {
            return pattern;
        }
        return "redis".equals(series.get(Attribute.DB_SYSTEM))
                ? series.get(Attribute.DB_OPERATION)
                : series.get(Attribute.REQUEST_CACHE);
    }

    /** The first class that method and route decide, or else the one that the agent found. */
    @Nullable
    String requestClass(SeriesKey series) {
        String found = series.get(Attribute.REQUEST_CLASS);
        String route = route(series);
        for (RequestClass each : classes) {
            if (each.name().equals(found)) {
                return found;
            }
            if (each.byRouteOnly() && each.http() != null && each.http().matches(route)) {
                return each.name();
            }
        }
        return found;
    }

    /** Whether budgets that do not name its class leave the request out. */
    boolean excluded(SeriesKey series) {
        String name = requestClass(series);
        for (RequestClass each : classes) {
            if (each.exclude() && each.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Facts that && classes.equals(that.classes);
    }

    @Override
    public int hashCode() {
        return classes.hashCode();
    }
}
