package dev.headroom.core.config;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The types that options have. Read without regular expressions, for premain's sake. */
final class OptionTypes {
    private OptionTypes() {}

    static final class Flag extends OptionType<Boolean> {
        Flag() {
            super("true or false");
        }

        @Override
        Boolean read(String text) {
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
    }

    static final class Text extends OptionType<String> {
        Text(String expected) {
            super(expected);
        }

        @Override
        String read(String text) {
            return text;
        }
    }

    /** What may follow a header's name: printable, so that nothing can end the line. */
    static final class HeaderValue extends OptionType<String> {
        HeaderValue() {
            super("printable ASCII");
        }

        @Override
        String read(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                    throw new IllegalArgumentException("not printable");
                }
            }
            return text;
        }
    }

    /** Read without the slash at its end. */
    static final class HttpAddress extends OptionType<String> {
        HttpAddress() {
            super("an address such as http://localhost:4318");
        }

        @Override
        String read(String text) {
            URI address = URI.create(text);
            String scheme = address.getScheme();
            if (scheme == null
                    || address.getHost() == null
                    || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
                throw new IllegalArgumentException(text);
            }
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /** A whole number with one of some units, within bounds; a bare number has the smallest unit. */
    static final class Amount extends OptionType<Long> {
        private static final String[] TIMES = {"ms", "s", "m"};
        private static final long[] MILLIS = {1, 1_000, 60_000};
        private static final String[] SIZES = {"k", "m", "g"};
        private static final long[] BYTES = {1L << 10, 1L << 20, 1L << 30};

        private final String[] units;
        private final long[] factors;
        private final long least;
        private final long most;

        private Amount(String expected, String[] units, long[] factors, long least, long most) {
            super(expected);
            this.units = units;
            this.factors = factors;
            this.least = least;
            this.most = most;
        }

        /** Milliseconds. */
        static Amount millis(long least, long most, String expected) {
            return new Amount(expected, TIMES, MILLIS, least, most);
        }

        /** Bytes, with units of 1024. */
        static Amount bytes(long least, long most, String expected) {
            return new Amount(expected, SIZES, BYTES, least, most);
        }

        @Override
        Long read(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            for (int i = 0; i < units.length; i++) {
                String number = lower.substring(0, Math.max(0, lower.length() - units[i].length()));
                if (lower.endsWith(units[i]) && !number.isEmpty()) {
                    return within(Long.parseLong(number.trim()), factors[i]);
                }
            }
            return within(Long.parseLong(lower), 1);
        }

        private long within(long number, long factor) {
            if (number < 0 || number > most / factor || number * factor < least) {
                throw new IllegalArgumentException(String.valueOf(number));
            }
            return number * factor;
        }
    }

    /** A number of per cent, read as a share. */
    static final class Percent extends OptionType<Double> {
        private final double least;

        /** @param least per cent */
        Percent(double least, String expected) {
            super(expected);
            this.least = least;
        }

        @Override
        Double read(String text) {
            String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
            double percent = Double.parseDouble(number.trim());
            if (!(percent >= least && percent <= 100)) {
                throw new IllegalArgumentException(text);
            }
            return percent / 100;
        }
    }

    static final class Names extends OptionType<Set<String>> {
        Names() {
            super("names divided by semicolons (or, but for agent arguments, commas)");
        }

        @Override
        Set<String> read(String text) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(parts(text)));
        }
    }

    /** {@code name=value} each, with percent escapes as in OpenTelemetry's variables. */
    static final class Pairs extends OptionType<Map<String, String>> {
        Pairs() {
            super("name=value;name=value (or, but for agent arguments, with commas)");
        }

        @Override
        Map<String, String> read(String text) {
            Map<String, String> pairs = new LinkedHashMap<>();
            for (String pair : parts(text)) {
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
                return URLDecoder.decode(text.replace("+", "%2B"), "UTF-8");
            } catch (UnsupportedEncodingException impossible) {
                throw new IllegalArgumentException(text, impossible);
            }
        }
    }

    /** What stands between commas and semicolons, trimmed, without the empty. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ',' || text.charAt(i) == ';') {
                String part = text.substring(start, i).trim();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            }
        }
        return parts;
    }
}
