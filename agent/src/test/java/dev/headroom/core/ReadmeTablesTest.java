package dev.headroom.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.core.config.Option;
import dev.headroom.core.config.Options;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.weave.HookEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps the tables of agent/README.md as the code has them; with -Dheadroom.write.tables=true it writes them. */
class ReadmeTablesTest {
    private static final Path README = Path.of("README.md");
    private static final Path HOOKS = Path.of("src/main/resources/dev/headroom/core/hooks.txt");

    @Test
    void theReadmesTablesAreWhatTheCodeSays() throws IOException {
        String readme = Files.readString(README);
        String expected =
                replaced(replaced(replaced(readme, "options", options()), "hooks", hooks()), "metrics", metrics());
        if (Boolean.getBoolean("headroom.write.tables")) {
            Files.writeString(README, expected);
        }
        assertThat(Files.readString(README))
                .as("run mvn -pl agent test -Dtest=ReadmeTablesTest -Dheadroom.write.tables=true and commit the README")
                .isEqualTo(expected);
    }

    @Test
    void theListOfHooksIsWhatTheCodeSays() throws IOException {
        StringBuilder expected = new StringBuilder();
        Files.readString(HOOKS)
                .lines()
                .filter(line -> line.startsWith("#"))
                .forEach(line -> expected.append(line).append('\n'));
        for (Hook hook : everyHook()) {
            expected.append(HookEntry.of(hook).line()).append('\n');
        }
        if (Boolean.getBoolean("headroom.write.tables")) {
            Files.writeString(HOOKS, expected);
        }
        assertThat(Files.readString(HOOKS))
                .as("run mvn -pl agent test -Dtest=ReadmeTablesTest -Dheadroom.write.tables=true and commit the list")
                .isEqualTo(expected.toString());
    }

    private static List<Hook> everyHook() {
        return Hooks.all(new Recorder(Clock.SYSTEM, 1), (message, failure) -> {
            throw new AssertionError(message, failure);
        });
    }

    private static String replaced(String readme, String name, String table) {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- /" + name + " -->";
        assertThat(readme).contains(begin, end);
        return readme.substring(0, readme.indexOf(begin) + begin.length())
                + table
                + readme.substring(readme.indexOf(end));
    }

    private static String options() {
        StringBuilder table =
                new StringBuilder("| Key | Environment | Default | Expected | Meaning |\n|---|---|---|---|---|\n");
        for (Option<?> option : Options.all()) {
            row(
                    table,
                    code(option.key()),
                    code(option.environment())
                            + (option.alsoFrom().isEmpty() ? "" : ", " + code(String.join("`, `", option.alsoFrom()))),
                    option.standard().isEmpty() ? "" : code(option.standard()),
                    option.expected(),
                    option.meaning());
        }
        return table.toString();
    }

    private static String hooks() {
        StringBuilder table = new StringBuilder("| Name | Library | Versions |\n|---|---|---|\n");
        for (Hook hook : everyHook()) {
            row(table, code(hook.name()), hook.library(), hook.versions());
        }
        return table.toString();
    }

    private static String metrics() {
        StringBuilder table = new StringBuilder("| Name | Kind | Unit | Meaning |\n|---|---|---|---|\n");
        for (Metric metric : Metric.values()) {
            row(
                    table,
                    code(metric.metricName()),
                    metric.kind().name().toLowerCase(Locale.ROOT),
                    code(metric.unit()),
                    metric.meaning());
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String... cells) {
        table.append('|');
        for (String cell : cells) {
            table.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        table.append('\n');
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
