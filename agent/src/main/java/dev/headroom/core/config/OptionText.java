package dev.headroom.core.config;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the text of options. Stateless; everything here throws IllegalArgumentException on text it does not take. */
final class OptionText {
    static final String FLAG = "true or false";

    private OptionText() {}

    static boolean flag(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "true":
            case "on":
            case "yes":
            case "1":
                return true;
            case "false":
            case "off":
            case "no":
            case "0":
                return false;
            default:
                throw new IllegalArgumentException(text);
        }
    }

    static String text(String text) {
        return text;
    }

    /** What may follow a header's name: printable, so that nothing can end the line. */
    static String headerValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                throw new IllegalArgumentException(text);
            }
        }
        return text;
    }

    /** Without the slash at its end. */
    static String httpAddress(String text) {
        URI address = URI.create(text);
        String scheme = address.getScheme();
        if (scheme == null
                || address.getHost() == null
                || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw new IllegalArgumentException(text);
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** A whole number with unit ms, s or m; bare numbers are milliseconds. */
    static long millis(String text, long least, long most) {
        String lower = text.toLowerCase(Locale.ROOT);
        long unit = 1;
        String number = lower;
        if (lower.endsWith("ms")) {
            number = lower.substring(0, lower.length() - 2);
        } else if (lower.endsWith("s")) {
            number = lower.substring(0, lower.length() - 1);
            unit = 1_000;
        } else if (lower.endsWith("m")) {
            number = lower.substring(0, lower.length() - 1);
            unit = 60_000;
        }
        return within(number, unit, least, most);
    }

    /** A whole number with unit k, m or g of 1024; bare numbers are bytes. */
    static long bytes(String text, long least, long most) {
        String lower = text.toLowerCase(Locale.ROOT);
        int power = lower.isEmpty() ? -1 : "kmg".indexOf(lower.charAt(lower.length() - 1));
        String number = power < 0 ? lower : lower.substring(0, lower.length() - 1);
        return within(number, 1L << (10 * (power + 1)), least, most);
    }

    private static long within(String number, long unit, long least, long most) {
        long value = Long.parseLong(number.trim());
        if (value < least / unit || value > most / unit || value * unit < least) {
            throw new IllegalArgumentException(number);
        }
        return value * unit;
    }

    static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : text.split("[,;]")) {
            if (!name.trim().isEmpty()) {
                names.add(name.trim());
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /** {@code name=value} divided by commas or semicolons, with percent escapes as in OpenTelemetry's variables. */
    static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("[,;]")) {
            if (pair.trim().isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(pair);
            }
            pairs.put(
                    pair.substring(0, equals).trim(),
                    unescaped(pair.substring(equals + 1).trim()));
        }
        return Collections.unmodifiableMap(pairs);
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            // A plus sign stands for itself here, other than in forms.
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), "UTF-8");
        } catch (java.io.UnsupportedEncodingException impossible) {
            throw new IllegalArgumentException(text, impossible);
        }
    }
}
