package dev.headroom.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = folder.resolve("headroom.properties");
    }

    @Test
    void defaultsAreReadableAndSilent() {
        ConfigSource config = config(null);
        for (Option<?> option : Options.all()) {
            assertThat(config.get(option)).as(option.key()).isNotNull();
        }
        assertThat(config.get(Options.EXPORT_INTERVAL)).isEqualTo(5_000);
        assertThat(config.get(Options.QUEUE_MAX_BYTES)).isEqualTo(16 << 20);
        assertThat(config.origin(Options.ENDPOINT)).isEqualTo("default");
        assertThat(complaints).isEmpty();
    }

    @Test
    void theFirstOfFivePlacesWins() throws IOException {
        environment.put("OTEL_SERVICE_NAME", "otel");
        assertThat(serviceName(null)).isEqualTo("otel");
        Files.writeString(file, "service.name=file\n");
        environment.put("HEADROOM_CONFIG_FILE", file.toString());
        assertThat(serviceName(null)).isEqualTo("file");
        environment.put("HEADROOM_SERVICE_NAME", "environment");
        assertThat(serviceName(null)).isEqualTo("environment");
        system.setProperty("headroom.service.name", "property");
        assertThat(serviceName(null)).isEqualTo("property");
        assertThat(serviceName("service.name=argument")).isEqualTo("argument");
        assertThat(complaints).isEmpty();
    }

    @Test
    void anUnreadableValueIsComplainedOfAndTheDefaultStands() {
        environment.put("HEADROOM_EXPORT_INTERVAL", "5 parsecs");
        ConfigSource config = config("endpoint=ftp://x,enabled=perhaps");
        assertThat(config.get(Options.EXPORT_INTERVAL)).isEqualTo(5_000);
        assertThat(config.get(Options.ENDPOINT)).isEqualTo("http://localhost:4318");
        assertThat(config.get(Options.ENABLED)).isTrue();
        assertThat(complaints)
                .containsExactly(
                        "agent argument enabled is \"perhaps\", expected true or false; using the default true",
                        "agent argument endpoint is \"ftp://x\", expected an address such as http://localhost:4318;"
                                + " using the default http://localhost:4318",
                        "environment variable HEADROOM_EXPORT_INTERVAL is \"5 parsecs\", expected a whole number of ms, s"
                                + " or m between 100ms and 10m, such as 5s; using the default 5s");
    }

    @Test
    void unknownKeysAreNamedWithTheirPlace() throws IOException {
        Files.writeString(file, "speed=1\n");
        system.setProperty("headroom.config.file", file.toString());
        system.setProperty("headroom.servicename", "x");
        system.setProperty("other.thing", "x");
        environment.put("HEADROOM_SERVICENAME", "x");
        environment.put("HEADROOM_DASHBOARD_DATA", "not the agent's");
        config("service.nam=x,debug");
        assertThat(complaints).hasSize(5).allMatch(line -> line.contains("expected"));
        assertThat(complaints.get(0))
                .startsWith("unknown option \"service.nam\" in the agent's arguments, expected one of");
        assertThat(complaints.get(1)).isEqualTo("agent argument debug has no value, expected debug=true or false");
        assertThat(complaints.get(2)).startsWith("unknown option \"headroom.servicename\" in system property");
        assertThat(complaints.get(3)).startsWith("unknown option \"HEADROOM_SERVICENAME\" in environment");
        assertThat(complaints.get(4)).contains("\"headroom.speed\" in " + file);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        config("config.file=/no/such/file");
        assertThat(complaints).hasSize(1);
        assertThat(complaints.get(0)).contains("/no/such/file", "agent argument config.file", "going on without it");
    }

    @Test
    void secretsAreNotShown() {
        config("token=schl\u00fcssel");
        assertThat(complaints).hasSize(1).noneMatch(line -> line.contains("schl"));
    }

    @Test
    void namesAndPairsAreDividedByCommasOrSemicolons() {
        environment.put("OTEL_RESOURCE_ATTRIBUTES", "team=a%20b,region=eu+1");
        environment.put("HEADROOM_HOOKS_DISABLED", " jdbc , jedis;");
        ConfigSource config = config(null);
        assertThat(config.get(Options.RESOURCE_ATTRIBUTES)).isEqualTo(Map.of("team", "a b", "region", "eu+1"));
        assertThat(config.get(Options.HOOKS_DISABLED)).containsExactly("jdbc", "jedis");
    }

    @Test
    void amountsHaveUnitsAndBounds() {
        assertThat(interval("250ms")).isEqualTo(250);
        assertThat(interval("2s")).isEqualTo(2_000);
        assertThat(interval("1m")).isEqualTo(60_000);
        assertThat(interval("700")).isEqualTo(700);
        assertThat(complaints).isEmpty();
        for (String wrong : new String[] {"99ms", "11m", "-5s", "9223372036854775807s", "s", "", "1.5s"}) {
            assertThat(interval(wrong)).as(wrong).isEqualTo(5_000);
        }
        assertThat(complaints).hasSize(7);
        system.setProperty("headroom.queue.max.bytes", "64k");
        assertThat(config(null).get(Options.QUEUE_MAX_BYTES)).isEqualTo(65_536);
    }

    private long interval(String text) {
        return config("export.interval=" + text).get(Options.EXPORT_INTERVAL);
    }

    private String serviceName(String arguments) {
        return config(arguments).get(Options.SERVICE_NAME);
    }

    private ConfigSource config(String arguments) {
        return new ConfigSource(arguments, system, environment, complaints::add);
    }
}
