package dev.headroom.dashboard.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.headroom.dashboard.budget.file.AlertTarget.Format;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookCourierTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final WebhookCourier courier = new WebhookCourier(
            new MessageBody(new Links("")), InstantSource.fixed(Samples.NOON), Duration.ofSeconds(20));
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "ok";
    private volatile Headers headers = new Headers();
    private volatile Headers asked = new Headers();
    private volatile String received = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestHeaders();
            received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().putAll(headers);
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Outcome deliver(String login) throws InterruptedException {
        String address = "http://" + login + "127.0.0.1:" + server.getAddress().getPort() + "/hooks/s3cret?x=1";
        return courier.deliver(Digest.of(Samples.opened("i-1")), Samples.webhook(address, Format.JSON));
    }

    @Test
    void postsTheEventWithItsNumber() throws InterruptedException {
        assertThat(deliver("")).isEqualTo(new Outcome.Sent("answered 200"));
        assertThat(asked.getFirst("Idempotency-Key")).isEqualTo("i-1:opened");
        assertThat(asked.getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(asked).doesNotContainKey("Authorization");
        assertThat(received).startsWith("{\"version\":1,\"id\":\"i-1:opened\"");
    }

    @Test
    void aLoginInTheAddressBecomesAHeader() throws InterruptedException {
        assertThat(deliver("anna:s3%2Bcret@")).isInstanceOf(Outcome.Sent.class);
        assertThat(asked.getFirst("Authorization")).isEqualTo("Basic YW5uYTpzMytjcmV0");
    }

    @Test
    void laterIsWhenTheReceiverSays() throws InterruptedException {
        status = 429;
        headers.set("Retry-After", "7");
        assertThat(deliver("")).isEqualTo(new Outcome.Later("answered 429", Duration.ofSeconds(7)));
        status = 503;
        headers.set("Retry-After", "Sat, 21 Nov 2026 12:01:00 GMT");
        assertThat(deliver("")).isEqualTo(new Outcome.Later("answered 503", Duration.ofSeconds(60)));
    }

    @Test
    void aRefusalSaysWhatTheReceiverSaid() throws InterruptedException {
        status = 404;
        answer = "no_such\nhook" + "!".repeat(100_000);
        assertThat(deliver("")).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo("answered 404");
            assertThat(refused.said()).startsWith("no_such hook!!!").hasSizeLessThanOrEqualTo(200);
        });
    }

    @Test
    void aRedirectIsNotFollowed() throws InterruptedException {
        status = 302;
        headers.set("Location", "http://127.0.0.1:1/elsewhere");
        assertThat(deliver(""))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("302", "not followed"));
    }

    @Test
    void aReceiverThatIsNotThereIsTriedLater() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        Outcome outcome = courier.deliver(
                Digest.of(Samples.opened("i")),
                Samples.webhook("http://127.0.0.1:" + nobody + "/s3cret", Format.SLACK));
        assertThat(outcome).isInstanceOf(Outcome.Later.class);
        assertThat(outcome.toString()).contains("ConnectException").doesNotContain("s3cret");
    }

    @Test
    void aReceiverThatNeverAnswersIsLeft() throws Exception {
        WebhookCourier hurried = new WebhookCourier(
                new MessageBody(new Links("")), InstantSource.fixed(Samples.NOON), Duration.ofMillis(200));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Recipient recipient = Samples.webhook("http://127.0.0.1:" + silent.getLocalPort() + "/", Format.JSON);
            assertThat(hurried.deliver(Digest.of(Samples.opened("i")), recipient))
                    .isInstanceOf(Outcome.Later.class);
        }
    }
}
