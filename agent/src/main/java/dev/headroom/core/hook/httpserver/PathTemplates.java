package dev.headroom.core.hook.httpserver;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts the parts of a route together, as {@code /shop/api} and {@code items/{id: [0-9]+}} to {@code /shop/api/items/{id}}. Thread-safe;
 * parts that were put together before cost no allocation.
 */
final class PathTemplates {
    /** Of further first parts, and further second parts of one, nothing is remembered. */
    static final int MAX_PARTS = 1_000;

    private final ConcurrentHashMap<String, ConcurrentHashMap<String, String>> joined = new ConcurrentHashMap<>();

    /** @return with a slash in front and none behind, but for the root */
    String join(String first, String second) {
        ConcurrentHashMap<String, String> known = joined.get(first);
        if (known == null) {
            known = new ConcurrentHashMap<>();
            if (joined.size() < MAX_PARTS) {
                joined.put(first, known);
            }
        }
        String path = known.get(second);
        if (path == null) {
            path = put(first, second);
            if (known.size() < MAX_PARTS) {
                known.put(second, path);
            }
        }
        return path;
    }

    private static String put(String first, String second) {
        StringBuilder path = new StringBuilder();
        append(path, first);
        append(path, second);
        return path.length() == 0 ? "/" : path.toString();
    }

    private static void append(StringBuilder path, String part) {
        int end = part.length();
        while (end > 0 && part.charAt(end - 1) == '/') {
            end--;
        }
        if (end > 0 && part.charAt(0) != '/') {
            path.append('/');
        }
        int braces = 0;
        boolean pattern = false;
        for (int i = 0; i < end; i++) {
            char c = part.charAt(i);
            if (c == '{') {
                braces++;
            } else if (c == '}') {
                braces--;
                pattern &= braces > 0;
            }
            pattern |= braces == 1 && c == ':';
            boolean blank = braces > 0 && c == ' ';
            if (!pattern && !blank) {
                path.append(c);
            }
        }
    }
}
