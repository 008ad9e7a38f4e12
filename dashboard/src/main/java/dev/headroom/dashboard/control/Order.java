package dev.headroom.dashboard.control;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What agents are to do: those of a service, or one JVM of it, for which then nothing of the service's order holds. Immutable.
 *
 * @param instance {@code service.instance.id}; null for every JVM of the service that has no order of its own
 * @param hooksOff names of hooks that are to begin nothing
 * @param options numbers by name
 * @param given when
 */
public record Order(
        String service,
        @Nullable String instance,
        DetailLevel detail,
        SortedSet<String> hooksOff,
        SortedMap<String, Double> options,
        Instant given) {
    /** What may be the name of a hook or an option. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    /** More are refused. */
    public static final int MOST_OPTIONS = 32;

    public Order(
            String service,
            @Nullable String instance,
            DetailLevel detail,
            Set<String> hooksOff,
            Map<String, Double> options,
            Instant given) {
        this(service, instance, detail, new TreeSet<>(hooksOff), new TreeMap<>(options), given);
    }

    /** As agents read it: a line for each thing that is not as it would be without an order. */
    public String lines() {
        StringBuilder lines = new StringBuilder();
        if (detail != DetailLevel.ALL) {
            lines.append("detail ").append(detail.word()).append('\n');
        }
        hooksOff.forEach(hook -> lines.append("off ").append(hook).append('\n'));
        options.forEach((name, value) ->
                lines.append("option ").append(name).append(' ').append(value).append('\n'));
        return lines.toString();
    }

    /** The order that these lines came from. Lines that are not understood, a newer dashboard's, are passed over. */
    static Order read(String service, @Nullable String instance, String lines, Instant given) {
        DetailLevel detail = DetailLevel.ALL;
        Set<String> hooksOff = new TreeSet<>();
        Map<String, Double> options = new TreeMap<>();
        for (String line : lines.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("detail") && words.length == 2) {
                DetailLevel known = DetailLevel.named(words[1]);
                detail = known == null ? detail : known;
            } else if (words[0].equals("off") && words.length == 2) {
                hooksOff.add(words[1]);
            } else if (words[0].equals("option") && words.length == 3) {
                options.put(words[1], Double.valueOf(words[2]));
            }
        }
        return new Order(service, instance, detail, hooksOff, options, given);
    }
}
