package dev.headroom.core.hook.httpserver;

import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * What kind of request it was, by its route and by what it did: the built-in classes of the budget file, in its order, the first
 * that matches. A request that fits none has no class.
 */
enum RequestClass {
    NONE(null),
    HEALTH("health"),
    CACHED_READ("cached-read"),
    SINGLE_READ("single-read"),
    LIST("list"),
    BULK_CREATE("bulk-create"),
    SINGLE_CREATE("single-create"),
    SINGLE_UPDATE("single-update"),
    SINGLE_DELETE("single-delete");

    private final @Nullable String className;

    RequestClass(@Nullable String className) {
        this.className = className;
    }

    /** As budgets name it; null for {@link #NONE}. */
    @Nullable
    String className() {
        return className;
    }

    static RequestClass of(HttpMethod method, String route, RequestScope did) {
        int reads = did.statements() - did.writes();
        switch (method) {
            case GET:
                if (isHealth(route)) {
                    return HEALTH;
                }
                if (did.cacheHits() > 0 && did.cacheMisses() == 0 && did.statements() == 0) {
                    return CACHED_READ;
                }
                if (reads > 0 && did.rows() <= 1 && route.endsWith("}")) {
                    return SINGLE_READ;
                }
                return reads > 0 && did.rows() > 1 ? LIST : NONE;
            case POST:
                if (did.writes() == 0) {
                    return NONE;
                }
                return route.endsWith("/bulk") ? BULK_CREATE : SINGLE_CREATE;
            case PUT:
            case PATCH:
                return did.writes() > 0 ? SINGLE_UPDATE : NONE;
            case DELETE:
                return did.writes() > 0 ? SINGLE_DELETE : NONE;
            default:
                return NONE;
        }
    }

    /** Of a gRPC call, whose method says nothing of what it does: creating and changing cannot be told apart. */
    static RequestClass ofGrpc(String route, RequestScope did) {
        if (route.startsWith("grpc.health.")) {
            return HEALTH;
        }
        if (did.cacheHits() > 0 && did.cacheMisses() == 0 && did.statements() == 0) {
            return CACHED_READ;
        }
        return did.statements() > 0 && did.writes() == 0 && did.rows() > 1 ? LIST : NONE;
    }

    private static boolean isHealth(String route) {
        return route.startsWith("/health") || route.startsWith("/actuator/") || route.equals("/metrics");
    }
}
