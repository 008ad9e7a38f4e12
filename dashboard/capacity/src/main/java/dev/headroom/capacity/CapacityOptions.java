package dev.headroom.capacity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What to simulate, all of it by {@code -Dcapacity.*}.
 *
 * @param jvms {@code capacity.jvms}: JVMs that report at the same time
 * @param services {@code capacity.services}: services that they belong to
 * @param series {@code capacity.series}: series of each JVM, all of them active in every window
 * @param interval {@code capacity.interval}: length of a window, 5s or 10s
 * @param settle {@code capacity.settle}: how long the load runs before what it does is measured; pages of that time are told apart
 * @param load {@code capacity.for}: how long the load lasts, such as 15m
 * @param history {@code capacity.history}: how much is in the store before, such as 24h; 0s for nothing
 * @param knee {@code capacity.knee}: numbers of JVMs tried one after another afterwards, such as 2000,4000; none by default
 * @param heap {@code capacity.heap}: largest heap of the dashboard, as -Xmx has it
 * @param prometheus {@code capacity.prometheus}: JVMs whose data also goes to a Prometheus, for comparison; 0 for none
 * @param jvm {@code capacity.jvm}: more JVM options of the dashboard, divided by blanks
 * @param jar the dashboard
 */
record CapacityOptions(
        int jvms,
        int services,
        int series,
        Duration interval,
        Duration settle,
        Duration load,
        Duration history,
        List<Integer> knee,
        String heap,
        int prometheus,
        List<String> jvm,
        Path jar) {

    /** Reads the properties; throws {@link CapacityFailure} that names the option with a value that cannot be meant. */
    static CapacityOptions from(UnaryOperator<@Nullable String> property) {
        Path folder =
                Path.of(text(property, "capacity.folder", "dashboard/capacity")).toAbsolutePath();
        Path jar = folder.resolve("../target/headroom-dashboard.jar").normalize();
        if (!Files.isRegularFile(jar)) {
            throw new CapacityFailure("No dashboard at " + jar + "; mvn -Pcapacity builds it.");
        }
        String heap = text(property, "capacity.heap", "1g");
        if (!heap.matches("[1-9][0-9]{0,4}[mg]")) {
            throw new CapacityFailure("-Dcapacity.heap=" + heap + ": expected a size as -Xmx has it, such as 1g.");
        }
        CapacityOptions options = new CapacityOptions(
                number(property, "capacity.jvms", 1_000),
                number(property, "capacity.services", 50),
                number(property, "capacity.series", 300),
                duration(property, "capacity.interval", "10s"),
                duration(property, "capacity.settle", "3m"),
                duration(property, "capacity.for", "15m"),
                duration(property, "capacity.history", "24h"),
                numbers(text(property, "capacity.knee", "")),
                heap,
                number(property, "capacity.prometheus", 0),
                words(text(property, "capacity.jvm", "")),
                jar);
        if (options.interval.toSeconds() != 5 && options.interval.toSeconds() != 10) {
            throw new CapacityFailure("-Dcapacity.interval: expected 5s or 10s, as agents have it.");
        }
        if (options.jvms < options.services || options.services < 1) {
            throw new CapacityFailure("-Dcapacity.jvms=" + options.jvms + " with -Dcapacity.services="
                    + options.services + ": expected a JVM for every service.");
        }
        return options;
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String one : text.split(",")) {
            if (!one.isBlank()) {
                numbers.add(number(ignored -> one.trim(), "capacity.knee", 1));
            }
        }
        return numbers;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
    }

    private static String text(UnaryOperator<@Nullable String> property, String name, String ifAbsent) {
        String value = property.apply(name);
        return value == null || value.isBlank() ? ifAbsent : value.trim();
    }

    private static int number(UnaryOperator<@Nullable String> property, String name, int ifAbsent) {
        String value = text(property, name, Integer.toString(ifAbsent));
        if (value.matches("[0-9]{1,6}")) {
            return Integer.parseInt(value);
        }
        throw new CapacityFailure("-D" + name + "=" + value + ": expected a whole number, such as " + ifAbsent + ".");
    }

    private static Duration duration(UnaryOperator<@Nullable String> property, String name, String ifAbsent) {
        String value = text(property, name, ifAbsent);
        if (value.matches("[0-9]{1,5}[smh]")) {
            return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
        }
        throw new CapacityFailure(
                "-D" + name + "=" + value + ": expected a number with s, m or h, such as " + ifAbsent + ".");
    }
}
