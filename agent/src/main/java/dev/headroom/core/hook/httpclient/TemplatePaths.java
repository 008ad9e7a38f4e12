package dev.headroom.core.hook.httpclient;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is told of URL templates: the path with its variables, without scheme, host, query and fragment. What an application hands
 * over without any variable may be a URL that it put together itself, with a customer's number in it: it is no template. Of too many
 * templates the later ones are none either. Thread-safe; a template seen before costs no allocation.
 */
final class TemplatePaths {
    static final int MAX_TEMPLATES = 500;

    private static final int MAX_LENGTH = 200;
    private static final int MAX_WRITTEN = 1_000;
    private static final String NONE = "";

    private final ConcurrentHashMap<String, String> paths = new ConcurrentHashMap<>();

    /** @param written what the application gave; null when it gave no text */
    @Nullable
    String of(@Nullable String written) {
        if (written == null || written.length() > MAX_WRITTEN || written.indexOf('{') < 0) {
            return null;
        }
        String path = paths.get(written);
        if (path == null) {
            if (paths.size() >= MAX_TEMPLATES) {
                return null;
            }
            path = path(written);
            paths.put(written, path);
        }
        return path.isEmpty() ? null : path;
    }

    private static String path(String written) {
        int variable = written.indexOf('{');
        int authority = written.indexOf("://");
        int begin = 0;
        if (authority >= 0 && authority < written.length()) {
            begin = written.indexOf('/', authority + 3);
            if (begin < 0 || written.indexOf('{', begin) < 0) {
                return NONE; // the variables are the host's: what follows may be anything
            }
        }
        int end = end(written, Math.max(begin, 0));
        String path = written.substring(begin, end);
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            return NONE;
        }
        boolean rooted = path.charAt(0) == '/' || variable == begin;
        return rooted ? path : "/" + path;
    }

    /** Where query or fragment begin; a question mark within a variable, as in a pattern, is neither. */
    private static int end(String written, int from) {
        int braces = 0;
        for (int i = from; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '{') {
                braces++;
            } else if (c == '}') {
                braces--;
            } else if (braces <= 0 && (c == '?' || c == '#')) {
                return i;
            }
        }
        return written.length();
    }
}
