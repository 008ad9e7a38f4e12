package dev.headroom.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an agent may find itself: no home, nothing to write to, an odd path, half a JDK. */
class PlacesIT {
    @TempDir
    private Path folder;

    @Test
    void needsNoHomeAndWritesNothing() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        AgentRun.Result result = Unharmed.assertSame(Unharmed.program(Traffic.class)
                .withFolder(empty)
                .withJvmOptions("-Djava.io.tmpdir=/no/such/place", "-Duser.home=/no/such/home")
                .withEnvironment(Map.of("TMPDIR", "/no/such/place"))
                .withoutEnvironment("HOME", "USER", "LOGNAME", "HOSTNAME", "PWD"));
        Unharmed.assertMeasured(result, 1);
        try (Stream<Path> left = Files.list(empty)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void itsJarMayLieAnywhere() throws Exception {
        boolean umlauts = System.getProperty("sun.jnu.encoding", "").equals("UTF-8");
        Path odd = Files.createDirectory(folder.resolve("a b+c 100%41 #1 [x]" + (umlauts ? " äöü" : "")));
        Path jar = Files.copy(AgentRun.jar(), odd.resolve("headroom agent.jar"));
        AgentRun.Result result =
                Unharmed.assertSame(Unharmed.program(Traffic.class).withAgentJar(jar));
        Unharmed.assertMeasured(result, 1);
    }

    @Test
    void aRunTimeImageOfTheBareMinimumIsEnough() throws Exception {
        Path image = folder.resolve("image");
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        assertThat(new ProcessBuilder(
                                jlink.toString(),
                                "--add-modules",
                                "java.base,java.instrument",
                                "--output",
                                image.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        AgentRun.Result result = AgentRun.of(BareTraffic.class)
                .withJavaHome(image)
                .withLimitSeconds(30)
                .withAgent()
                .run();
        assertThat(result.errors().lines())
                .as("hooks of what the image does not have")
                .allMatch(line -> line.startsWith("Headroom: a hook could not be made"));
        assertThat(result.output()).isEqualTo("200 you asked for /\n".repeat(Traffic.REQUESTS));
        assertThat(result.count(Metric.HTTP_CLIENT_DURATION)).isEqualTo(Traffic.REQUESTS);
        assertThat(result.points(Metric.AGENT_FAILURES)).isEmpty();
    }

    /** Needs java.base only. */
    static final class BareTraffic {
        public static void main(String[] arguments) throws Exception {
            try (WireServer server = new WireServer(new HttpScript())) {
                for (int i = 0; i < Traffic.REQUESTS; i++) {
                    HttpURLConnection connection =
                            (HttpURLConnection) new URL("http", "127.0.0.1", server.port(), "/").openConnection();
                    try (InputStream in = connection.getInputStream()) {
                        System.out.println(connection.getResponseCode() + " " + new String(in.readAllBytes()));
                    }
                }
            }
        }
    }
}
