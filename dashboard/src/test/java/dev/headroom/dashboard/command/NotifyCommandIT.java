package dev.headroom.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.headroom.dashboard.StartedDashboard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyCommandIT {
    @TempDir
    Path directory;

    private HttpServer receiver;
    private int code;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/good", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.createContext("/gone", exchange -> {
            byte[] said = "no_such_hook".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private String run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.add("--headroom.store.path=" + directory);
        code = NotifyCommand.run(all.toArray(String[]::new), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void sendsEverybodyATestAndSaysHowItWent() throws IOException {
        String base = "http://127.0.0.1:" + receiver.getAddress().getPort();
        Path budgets = Files.writeString(directory.resolve("budgets.yaml"), """
                version: 1
                notify:
                  page: [ { webhook: "${BASE}/good" }, { webhook: "${BASE}/gone", format: slack } ]
                  ticket: [ { webhook: "${BASE}/good", format: teams } ]
                """);
        try (StartedDashboard dashboard =
                StartedDashboard.on(directory, "--headroom.budgets.file=" + budgets, "--BASE=" + base)) {
            assertThat(run("notify", "test", "--severity", "page").lines())
                    .containsExactly(
                            "page/webhook/1  " + base + "/…  sent: answered 204",
                            "page/webhook/2  " + base + "/…  NOT sent: answered 404 (no_such_hook)");
            assertThat(code).isEqualTo(1);
            assertThat(run("notify", "test", "--severity=ticket")).contains("ticket/webhook/1", "sent: answered 204");
            assertThat(code).isZero();
            assertThat(run("notify", "test", "--severity=nobody")).contains("Wrong severity");
            assertThat(code).isEqualTo(1);
            assertThat(dashboard.port()).isPositive();
        }
    }

    @Test
    void saysWhenNoDashboardRunsAndWhatItUnderstands() {
        assertThat(run("notify", "test")).contains("No dashboard runs on this store");
        assertThat(code).isEqualTo(1);
        assertThat(run("notify")).contains("notify test [--severity");
        assertThat(code).isEqualTo(2);
    }
}
