package dev.headroom.core.hook.httpclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Both HTTP clients of the JDK, in a JVM of their own, since their classes belong to the JDK. */
class JdkClientsIT {
    @Test
    void countsEveryExchangeOnce() throws Exception {
        HttpServer server = server();
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        int port = server.getAddress().getPort();
        try {
            AgentRun.Result result = AgentRun.of(CallOut.class)
                    .withAgent()
                    .run("http://127.0.0.1:" + port, "http://127.0.0.1:" + nobody);

            assertThat(result.exitCode()).as(result.errors()).isZero();
            assertThat(result.output()).isEqualTo("refused\n200\n404\n200\n200\n-1\n-1\n");
            assertThat(count(result, port, "GET", "200", null)).isEqualTo(2 + 2);
            assertThat(count(result, port, "POST", "200", null)).isEqualTo(1);
            assertThat(count(result, port, "GET", "404", "404")).isEqualTo(1 + 1);
            assertThat(count(result, nobody, "GET", null, "java.net.ConnectException"))
                    .isEqualTo(1 + 1);
            assertThat(count(result, nobody, "POST", null, "java.net.ConnectException"))
                    .isEqualTo(1);
            assertThat(result.points(Metric.HTTP_CLIENT_DURATION, Map.of(Attribute.HTTP_STATUS, "200")))
                    .allSatisfy(point -> assertThat(point.exponential().min()).isGreaterThan(0.079));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTransactionWaitsForWhatItsThreadWaitsForHoweverTheCallIsMade() throws Exception {
        HttpServer server = server();
        try {
            AgentRun.Result result = AgentRun.of(CallsInTransactions.class)
                    .withJars(List.of(Path.of("target/libraries/h2-2.5.252.jar")))
                    .withAgent()
                    .run("http://127.0.0.1:" + server.getAddress().getPort());

            assertThat(result.exitCode()).as(result.errors()).isZero();
            assertThat(result.count(Metric.TRANSACTION_DURATION)).isEqualTo(CallsInTransactions.WAITED + 1);
            assertThat(result.count(Metric.TRANSACTION_REMOTE_TIME, Map.of(Attribute.REMOTE, "http")))
                    .isEqualTo(CallsInTransactions.WAITED);
            assertThat(result.points(Metric.TRANSACTION_REMOTE_TIME))
                    .allSatisfy(point -> assertThat(point.exponential().min()).isGreaterThan(0.079));
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/slow", exchange -> {
            try {
                TimeUnit.MILLISECONDS.sleep(80);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders().add("Location", "/slow");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static long count(AgentRun.Result result, int port, String method, String status, String error) {
        return result.points(Metric.HTTP_CLIENT_DURATION).stream()
                .filter(point -> Integer.toString(port)
                                .equals(point.attributes().get("server.port"))
                        && method.equals(point.attributes().get("http.request.method"))
                        && (status == null || status.equals(point.attributes().get("http.response.status_code")))
                        && (error == null
                                ? !point.attributes().containsKey("error.type")
                                : error.equals(point.attributes().get("error.type"))))
                .mapToLong(point -> point.exponential().count())
                .sum();
    }
}
