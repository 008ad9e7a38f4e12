package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain Tomcat 11 with the examples it ships: servlets, JSP, static files and asynchronous requests; no Spring. */
class TomcatExamplesIT {
    private static final Path TOMCAT = Jars.ROOT.resolve("demo-app/target/apps/apache-tomcat-11.0.24");

    @Test
    void countsEveryRequestOfAPlainTomcat(@TempDir Path home) throws Exception {
        int port = Ports.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        Path base = base(home.resolve("tomcat"), port);
        DemoOptions options = new DemoOptions(
                0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home.resolve("stage"));
        try (Stage stage = new Stage(options)) {
            stage.startDashboard();
            try (ChildJvm tomcat = ChildJvm.startProgram(
                    "tomcat",
                    base,
                    Map.of(),
                    List.of(
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-Dcatalina.home=" + TOMCAT,
                            "-Dcatalina.base=" + base,
                            stage.agentOption("tomcat")),
                    List.of(
                            "-cp",
                            TOMCAT.resolve("bin/bootstrap.jar")
                                    + System.getProperty("path.separator")
                                    + TOMCAT.resolve("bin/tomcat-juli.jar"),
                            "org.apache.catalina.startup.Bootstrap",
                            "start"))) {
                String hello = "/examples/servlets/servlet/HelloWorldExample";
                tomcat.awaitAnswer(address.resolve(hello), Duration.ofMinutes(2));
                Client client = new Client(address);
                client.made().put("GET " + hello, 1L); // the one that saw that it is up
                assertThat(client.ask(40, "GET", hello, hello)).isEqualTo(200);
                String echo = "/examples/servlets/servlet/RequestParamExample";
                assertThat(client.ask(25, "POST", echo + "?firstname=a&lastname=b", echo))
                        .isEqualTo(200);
                String slow = "/examples/async/async0";
                assertThat(client.ask(2, "GET", slow, slow)).isEqualTo(200);
                DashboardApi dashboard = new DashboardApi(stage.dashboardAddress(), "tomcat");

                assertThat(client.awaitCounts(dashboard)).isEqualTo(client.made());
            }
        }
    }

    /** A CATALINA_BASE of its own, with Tomcat's configuration on the given port. */
    private static Path base(Path base, int port) throws IOException {
        Path conf = Files.createDirectories(base.resolve("conf"));
        for (String folder : List.of("logs", "temp", "work")) {
            Files.createDirectories(base.resolve(folder));
        }
        try (var files = Files.list(TOMCAT.resolve("conf"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, conf.resolve(file.getFileName().toString()));
            }
        }
        Path server = conf.resolve("server.xml");
        Files.writeString(
                server,
                Files.readString(server)
                        .replace("port=\"8005\"", "port=\"-1\"")
                        .replace("port=\"8080\"", "port=\"" + port + "\" address=\"127.0.0.1\"")
                        .replace("appBase=\"webapps\"", "appBase=\"" + TOMCAT.resolve("webapps") + "\""));
        return base;
    }
}
