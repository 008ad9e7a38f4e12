package dev.headroom.core.hook.httpclient;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is told of URL templates: the path with its variables, without scheme, host, query and fragment. What an application hands
 * over without any variable may be a URL that it put together itself, with a customer's number in it: it is no template. For the same
 * reason a segment beside the variables that is no plain word becomes <code>{*}</code>. Of too many templates the later ones are none either. Thread-safe; a template seen before costs no allocation.
 */
final class TemplatePaths {
    static final int MAX_TEMPLATES = 500;

    private static final int MAX_LENGTH = 200;
    private static final int MAX_WRITTEN = 1_000;
    private static final String NONE = "";
    private static final String ANY = "{*}";

    /** Of a word such as {@code oauth2} or {@code v1.12}: more digits are a number, more changes between digits and others a token. */
    private static final int MOST_DIGITS = 4;

    private static final int MOST_CHANGES = 3;
    private static final int LONGEST_WORD = 40;

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
        return withoutValues(rooted ? path : "/" + path);
    }

    private static String withoutValues(String path) {
        StringBuilder told = new StringBuilder(path.length());
        int braces = 0;
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (i == path.length() || (c == '/' && braces <= 0)) {
                if (start > 0) {
                    told.append('/');
                }
                told.append(mayBeAValue(path, start, i) ? ANY : path.substring(start, i));
                start = i + 1;
            }
        }
        return told.toString();
    }

    /** Whether what stands outside of variables looks like a number, a token or something that was escaped. */
    private static boolean mayBeAValue(String path, int from, int to) {
        int braces = 0;
        int length = 0;
        int digits = 0;
        int changes = 0;
        boolean afterDigit = false;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            braces += c == '{' ? 1 : 0;
            if (braces == 0) {
                boolean digit = c >= '0' && c <= '9';
                boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (!digit && !letter && c != '-' && c != '_' && c != '.' && c != '~' && c != ':' && c != '*') {
                    return true;
                }
                changes += length > 0 && digit != afterDigit ? 1 : 0;
                afterDigit = digit;
                digits += digit ? 1 : 0;
                length++;
            }
            braces -= c == '}' ? 1 : 0;
        }
        return digits >= MOST_DIGITS
                || (digits > 0 && digits == length)
                || changes > MOST_CHANGES
                || length > LONGEST_WORD;
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
