package dev.headroom.core.config;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options' values, from the first place that has one: the agent's arguments, system properties {@code headroom.*}, environment
 * variables {@code HEADROOM_*}, the file of {@code config.file}, then the variables of OpenTelemetry that mean the same. A value
 * that cannot be read is complained of once, and the default stands: bad configuration never stops an application.
 *
 * <p>Thread-safe once made.
 */
public final class ConfigSource {
    private static final String PREFIX = "headroom.";
    private static final String ENVIRONMENT_PREFIX = "HEADROOM_";
    /** The dashboard's and the demo's own, which may be set for a whole machine. */
    private static final String[] OTHERS = {"dashboard.", "store.", "ingest.", "demo.", "junit.", "write.", "test."};

    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Consumer<String> complaints;

    /**
     * @param arguments what stands behind the jar's name: key=value,key=value; null for none
     * @param complaints gets one line per value that cannot be used
     */
    public ConfigSource(
            @Nullable String arguments,
            Properties system,
            Map<String, String> environment,
            Consumer<String> complaints) {
        this.complaints = complaints;
        Map<String, Option<?>> known = new LinkedHashMap<>();
        for (Option<?> option : Options.all()) {
            known.put(option.key(), option);
        }
        arguments(arguments, known);
        properties(system, "system property", PREFIX, known);
        environment(environment, known);
        file(known);
        for (Option<?> option : known.values()) {
            for (String name : option.alsoFrom()) {
                put(option, environment.get(name), "environment variable " + name);
            }
        }
        validate();
    }

    private void arguments(@Nullable String arguments, Map<String, Option<?>> known) {
        if (arguments == null || arguments.trim().isEmpty()) {
            return;
        }
        int start = 0;
        for (int end = 0; end <= arguments.length(); end++) {
            if (end == arguments.length() || arguments.charAt(end) == ',') {
                argument(arguments.substring(start, end), known);
                start = end + 1;
            }
        }
    }

    private void argument(String argument, Map<String, Option<?>> known) {
        int equals = argument.indexOf('=');
        String key = (equals < 0 ? argument : argument.substring(0, equals)).trim();
        Option<?> option = known.get(key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key);
        if (option == null) {
            unknown(key, "the agent's arguments");
        } else if (equals < 0) {
            complain("agent argument " + key + " has no value, expected " + key + "=" + option.expected());
        } else {
            put(option, argument.substring(equals + 1), "agent argument " + key);
        }
    }

    private void properties(Properties properties, String place, String prefix, Map<String, Option<?>> known) {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                String key = name.substring(prefix.length());
                Option<?> option = known.get(key);
                if (option != null) {
                    put(option, properties.getProperty(name), place + " " + name);
                } else if (!belongsToOthers(key)) {
                    unknown(name, place);
                }
            }
        }
    }

    private static boolean belongsToOthers(String key) {
        for (String other : OTHERS) {
            if (key.startsWith(other)) {
                return true;
            }
        }
        return false;
    }

    private void environment(Map<String, String> environment, Map<String, Option<?>> known) {
        Set<String> names = new HashSet<>();
        for (Option<?> option : known.values()) {
            names.add(option.environment());
            put(option, environment.get(option.environment()), "environment variable " + option.environment());
        }
        for (String name : environment.keySet()) {
            if (name.startsWith(ENVIRONMENT_PREFIX) && !names.contains(name)) {
                String key = name.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                if (!belongsToOthers(key)) {
                    unknown(name, "environment");
                }
            }
        }
    }

    private void file(Map<String, Option<?>> known) {
        String path = get(Options.CONFIG_FILE);
        if (path.isEmpty()) {
            return;
        }
        Properties given = new Properties();
        try (InputStream in = new FileInputStream(path)) {
            given.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            complain("cannot read " + path + " given as " + origin(Options.CONFIG_FILE) + " (" + unreadable
                    + "), expected " + Options.CONFIG_FILE.expected() + "; going on without it");
            return;
        }
        Properties keyed = new Properties();
        for (String name : given.stringPropertyNames()) {
            keyed.setProperty(name.startsWith(PREFIX) ? name : PREFIX + name, given.getProperty(name));
        }
        properties(keyed, path + ":", PREFIX, known);
    }

    private void put(Option<?> option, @Nullable String text, String place) {
        if (text != null) {
            found.putIfAbsent(option.key(), new Found(text, place));
        }
    }

    private void validate() {
        for (Option<?> option : Options.all()) {
            Found given = found.get(option.key());
            if (given != null && !readable(option, given.text)) {
                complain(given.place + " is \"" + shown(option, given.text) + "\", expected " + option.expected()
                        + "; using the default"
                        + (option.standard().isEmpty() ? "" : " " + option.standard()));
                found.remove(option.key());
            }
        }
    }

    private static boolean readable(Option<?> option, String text) {
        try {
            option.read(text);
            return true;
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    /** Secrets are not for logs. */
    private static String shown(Option<?> option, String text) {
        return option == Options.TOKEN || option == Options.HEADERS ? text.length() + " characters" : text;
    }

    private void unknown(String name, String place) {
        complain("unknown option \"" + name + "\" in " + place + ", expected one of " + keys() + "; ignored");
    }

    private static String keys() {
        StringBuilder keys = new StringBuilder();
        for (Option<?> option : Options.all()) {
            keys.append(keys.length() == 0 ? "" : ", ").append(option.key());
        }
        return keys.toString();
    }

    private void complain(String message) {
        complaints.accept(message);
    }

    /** The value given, or the default. */
    public <T> T get(Option<T> option) {
        Found given = found.get(option.key());
        if (given != null && readable(option, given.text)) {
            return option.read(given.text);
        }
        return option.read(option.standard());
    }

    /** Where the value comes from, such as "environment variable HEADROOM_ENDPOINT", or "default". */
    public String origin(Option<?> option) {
        Found given = found.get(option.key());
        return given == null ? "default" : given.place;
    }

    private static final class Found {
        private final String text;
        private final String place;

        Found(String text, String place) {
            this.text = text;
            this.place = place;
        }
    }
}
