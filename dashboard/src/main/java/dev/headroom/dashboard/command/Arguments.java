package dev.headroom.dashboard.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words and options, {@code --name value} or {@code --name=value}, of one command. Immutable. */
final class Arguments {
    private final List<String> words = new ArrayList<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    /**
     * @param known options of the command
     * @throws WrongUseException for any other
     */
    Arguments(List<String> arguments, List<String> known) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                words.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!known.contains(name)) {
                throw new WrongUseException("Found " + name + "; expected some of " + String.join(", ", known));
            }
            if (equals < 0 && (i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--"))) {
                throw new WrongUseException("Found " + name + " without a value");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            options.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
    }

    List<String> words() {
        return words;
    }

    /** The last value given; null for none. */
    @Nullable
    String option(String name) {
        List<String> values = options.get(name);
        return values == null ? null : values.get(values.size() - 1);
    }

    String option(String name, String absent) {
        String value = option(name);
        return value == null ? absent : value;
    }

    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }
}
