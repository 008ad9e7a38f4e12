package dev.headroom.demo.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the demo was asked to do, all of it by {@code -Ddemo.*}.
 *
 * @param servicePort {@code demo.port}: where the page with the switch listens; 0 takes a free port
 * @param dashboardPort {@code demo.dashboard.port}: where the dashboard listens; 0 takes a free port
 * @param duration {@code demo.for}: how long the load lasts, such as 60s or 5m; empty means until Ctrl-C
 * @param gate {@code demo.gate}: whether broken budgets make the exit code 1
 * @param visitors {@code demo.visitors}: users of the clinic who log in and wait one to three seconds between requests
 * @param seed {@code demo.seed}: start of the visitors' random numbers
 * @param agentJar {@code demo.agent.jar}
 * @param dashboardJar {@code demo.dashboard.jar}
 * @param serviceJar {@code demo.service.jar}
 * @param home {@code demo.home}: folder for data and logs
 * @param rate {@code demo.rate}: requests a second to each of the five services, by the clock
 * @param proof {@code demo.proof}: the file to write what naive and optimised took into; empty means no proof
 */
record DemoOptions(
        int servicePort,
        int dashboardPort,
        Optional<Duration> duration,
        boolean gate,
        int visitors,
        long seed,
        Path agentJar,
        Path dashboardJar,
        Path serviceJar,
        Path home,
        int rate,
        Optional<Path> proof) {

    static final int DEFAULT_RATE = 6;

    /** Without the load of the guides' services. */
    DemoOptions(
            int servicePort,
            int dashboardPort,
            Optional<Duration> duration,
            boolean gate,
            int visitors,
            long seed,
            Path agentJar,
            Path dashboardJar,
            Path serviceJar,
            Path home) {
        this(
                servicePort,
                dashboardPort,
                duration,
                gate,
                visitors,
                seed,
                agentJar,
                dashboardJar,
                serviceJar,
                home,
                DEFAULT_RATE,
                Optional.empty());
    }

    /** Reads the properties; throws {@link DemoFailure} that names the option with a value that cannot be meant. */
    static DemoOptions from(UnaryOperator<@Nullable String> property) {
        Path root = Path.of(text(property, "demo.root", ".")).toAbsolutePath().normalize();
        return new DemoOptions(
                number(property, "demo.port", 8080, 65535),
                number(property, "demo.dashboard.port", 4318, 65535),
                duration(property),
                flag(property, "demo.gate"),
                number(property, "demo.visitors", 16, 1000),
                number(property, "demo.seed", 42, Integer.MAX_VALUE),
                jar(property, "demo.agent.jar", root.resolve("agent/target/headroom-agent.jar")),
                jar(property, "demo.dashboard.jar", root.resolve("dashboard/target/headroom-dashboard.jar")),
                jar(property, "demo.service.jar", root.resolve("demo-app/target/headroom-demo-app.jar")),
                Path.of(text(
                        property,
                        "demo.home",
                        root.resolve("demo-app/target/demo").toString())),
                number(property, "demo.rate", DEFAULT_RATE, 1000),
                Optional.of(text(property, "demo.proof", ""))
                        .filter(file -> !file.isEmpty())
                        .map(root::resolve));
    }

    private static String text(UnaryOperator<@Nullable String> property, String name, String ifAbsent) {
        String value = property.apply(name);
        return value == null || value.isBlank() ? ifAbsent : value.trim();
    }

    private static Path jar(UnaryOperator<@Nullable String> property, String name, Path ifAbsent) {
        return Path.of(text(property, name, ifAbsent.toString()));
    }

    private static int number(UnaryOperator<@Nullable String> property, String name, int ifAbsent, int max) {
        String value = text(property, name, Integer.toString(ifAbsent));
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below, together with numbers out of range
        }
        throw new DemoFailure(
                "-D%s=%s: expected a whole number from 0 to %d, such as %d.".formatted(name, value, max, ifAbsent));
    }

    private static boolean flag(UnaryOperator<@Nullable String> property, String name) {
        String value = text(property, name, "false").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new DemoFailure("-D%s=%s: expected true or false.".formatted(name, value));
        };
    }

    private static Optional<Duration> duration(UnaryOperator<@Nullable String> property) {
        String value = text(property, "demo.for", "");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.matches("[1-9][0-9]{0,5}[smh]")) {
            return Optional.of(Duration.parse("PT" + value.toUpperCase(Locale.ROOT)));
        }
        throw new DemoFailure("-Ddemo.for=%s: expected a number with s, m or h, such as 60s or 5m.".formatted(value));
    }
}
