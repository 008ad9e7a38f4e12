package dev.headroom.core.hook.httpserver;

import org.jspecify.annotations.Nullable;

/**
 * The URL patterns of one servlet, to name a request that no framework gave a route. The default pattern names nothing, nor does
 * one that matches every path: {@link #ANYTHING} stands for it. Immutable and thread-safe.
 */
final class ServletMappings {
    /** The route of what a default servlet answered, such as a file. */
    static final String ANYTHING = "/**";

    private final String[] patterns;
    private final String[] routes;

    ServletMappings(String contextPath, String[] patterns) {
        this.patterns = patterns.clone();
        this.routes = new String[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            String separator = patterns[i].startsWith("/") ? "" : "/";
            routes[i] = contextPath + separator + patterns[i];
        }
    }

    /** Whether nothing is known. */
    boolean isEmpty() {
        return patterns.length == 0;
    }

    /** Whether every request of the servlet came by the same mapping. */
    boolean isOne() {
        return patterns.length == 1 && !patterns[0].isEmpty();
    }

    /** Whether a route names nothing in particular. */
    static boolean isAnything(String route) {
        return route.equals(ANYTHING);
    }

    /** The route when there {@link #isOne}. */
    String onlyRoute() {
        return patterns[0].equals("/") || patterns[0].equals("/*") ? ANYTHING : routes[0];
    }

    /** The pattern that matched, behind the context path. */
    String route(@Nullable String servletPath, @Nullable String pathInfo) {
        if (servletPath == null) {
            return ANYTHING;
        }
        for (int i = 0; i < patterns.length; i++) {
            if (matches(patterns[i], servletPath, pathInfo)) {
                return routes[i];
            }
        }
        return ANYTHING;
    }

    private static boolean matches(String pattern, String servletPath, @Nullable String pathInfo) {
        int length = pattern.length();
        if (pattern.equals("/") || pattern.equals("/*")) {
            return false;
        }
        if (length == 0) {
            return servletPath.isEmpty() && "/".equals(pathInfo);
        }
        if (pattern.endsWith("/*")) {
            return length == servletPath.length() + 2 && pattern.startsWith(servletPath);
        }
        if (pattern.startsWith("*.")) {
            int from = servletPath.length() - (length - 1);
            return from >= 0 && servletPath.regionMatches(from, pattern, 1, length - 1);
        }
        return pathInfo == null && pattern.equals(servletPath);
    }
}
