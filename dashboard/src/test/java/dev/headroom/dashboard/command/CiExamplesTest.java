package dev.headroom.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the examples for pipelines and the README tell people to run is what the command understands. */
class CiExamplesTest {
    private static final Pattern COMMAND =
            Pattern.compile("headroom-dashboard\\.jar (check|run start|validate)\\b([^|\\n`)]*(?:\\\\\\n[^|\\n`)]*)*)");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z-]+");

    private static List<String> texts(Object part) {
        List<String> texts = new ArrayList<>();
        if (part instanceof Map<?, ?> map) {
            map.values().forEach(value -> texts.addAll(texts(value)));
        } else if (part instanceof Collection<?> list) {
            list.forEach(value -> texts.addAll(texts(value)));
        } else if (part != null) {
            texts.add(part.toString());
        }
        return texts;
    }

    private static int commands(String text) {
        Matcher commands = COMMAND.matcher(text);
        int found = 0;
        while (commands.find()) {
            found++;
            List<String> known = commands.group(1).equals("check") ? CheckCommand.OPTIONS : CheckCommand.START_OPTIONS;
            Matcher options = OPTION.matcher(commands.group(2));
            while (options.find()) {
                assertThat(known).as(commands.group()).contains(options.group());
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"github-actions.yml", "gitlab-ci.yml"})
    void examplesAreYamlAndUseOptionsThatExist(String name) throws IOException {
        String yaml = Files.readString(Path.of("ci-examples", name));
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        assertThat(read).isInstanceOf(Map.class);
        int found = texts(read).stream().mapToInt(CiExamplesTest::commands).sum();
        assertThat(found).as("commands in %s", name).isEqualTo(2);
    }

    @Test
    void theReadmeUsesOptionsThatExist() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(commands(readme)).isGreaterThanOrEqualTo(4);
        assertThat(readme).contains("exec-maven-plugin:3.6.4:exec", "Gate a build");
        for (String option : CheckCommand.OPTIONS) {
            assertThat(CheckCommand.USAGE).contains(option);
        }
    }
}
