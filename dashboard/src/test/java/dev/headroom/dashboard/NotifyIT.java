package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.notify.SmtpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A budget that breaks and is repaired tells a webhook, a chat and a mailbox, without Prometheus, and over a restart. */
@ExtendWith(OutputCaptureExtension.class)
class NotifyIT {
    private static final String BUDGETS = """
            version: 1
            defaults: { warmup: 0s, window: 1m, stretch: 0s, for: 0s, keep: 0s }
            budgets:
              - { id: fast, signal: http, measure: p95(duration), target: "< 100ms", severity: page, owner: shop team }
              - { id: seen, signal: http, measure: p50(duration), target: "< 100ms", severity: none }
              - { id: known, signal: http, measure: p90(duration), target: "< 100ms", severity: page }
            waivers:
              - { budget: known, until: "2099-01-01", reason: known }
            notify:
              page:
                - { webhook: "${PAGE_URL}" }
                - { webhook: "${PAGE_URL}/chat", format: slack }
                - { email: "team@example.org" }
                - { webhook: "${NOT_SET}" }
            """;

    @TempDir
    Path directory;

    private final AgentSender agent = new AgentSender("shop");

    private StartedDashboard start(WebhookReceiver receiver, SmtpServer mail, TestCertificate certificate)
            throws IOException {
        Path budgets = Files.writeString(directory.resolve("budgets.yaml"), BUDGETS);
        return StartedDashboard.on(
                directory.resolve("store"),
                "--headroom.budgets.file=" + budgets,
                "--headroom.notify.link-base=https://headroom.example.org/",
                "--headroom.notify.smtp.host=localhost",
                "--headroom.notify.smtp.port=" + mail.port(),
                "--headroom.notify.smtp.username=headroom@example.org",
                "--headroom.notify.smtp.password=s3cret",
                "--headroom.notify.smtp.ssl-bundle=mail",
                "--spring.ssl.bundle.pem.mail.truststore.certificate=" + certificate.file(),
                "--PAGE_URL=" + receiver.url("/hook-s3cret"));
    }

    private void window(StartedDashboard dashboard, int requests, double seconds) {
        double[] durations = new double[requests];
        Arrays.fill(durations, seconds);
        agent.duration(
                        Metric.HTTP_SERVER_DURATION,
                        Map.of("http.request.method", "GET", "http.route", "/pets", "http.response.status_code", "200"),
                        durations)
                .send(dashboard);
    }

    @Test
    void aBrokenBudgetTellsEverybodyOnceAndItsRepairToo(CapturedOutput output) throws Exception {
        TestCertificate certificate = TestCertificate.in(directory);
        try (WebhookReceiver receiver = new WebhookReceiver();
                SmtpServer mail = new SmtpServer(certificate.context())) {
            String incident;
            try (StartedDashboard dashboard = start(receiver, mail, certificate)) {
                long grid = AgentSender.WINDOW_MILLIS;
                agent.endingAt(Instant.ofEpochMilli(Instant.now().toEpochMilli() / grid * grid - 2 * grid));
                window(dashboard, 200, 0.3);
                List<WebhookReceiver.Call> opened = List.of(receiver.next(), receiver.next());
                WebhookReceiver.Call generic = generic(opened);
                incident = generic.body().get("incident").asString();
                assertThat(generic.key()).isEqualTo(incident + ":opened");
                assertThat(generic.body().get("budget").asString()).isEqualTo("fast");
                assertThat(generic.body().get("verdict").asString()).isEqualTo("FAIL");
                assertThat(generic.body().get("owner").asString()).isEqualTo("shop team");
                assertThat(generic.body().get("links").get("budget").asString())
                        .isEqualTo("https://headroom.example.org/budgets/fast?service=shop");
                assertThat(opened).anySatisfy(call -> {
                    assertThat(call.path()).isEqualTo("/hook-s3cret/chat");
                    assertThat(call.body().get("text").asString()).startsWith("*FAIL shop: fast*");
                });
                SmtpServer.Mail first = mail.mails().poll(60, TimeUnit.SECONDS);
                assertThat(first.encrypted()).isTrue();
                assertThat(first.text()).contains("Subject: [Headroom] FAIL shop: fast");
                assertThat(page(dashboard, "/notifications"))
                        .contains("page/webhook/1", "http://127.0.0.1:", "set NOT_SET")
                        .doesNotContain("hook-s3cret");
                receiver.answer(503);
                window(dashboard, 10_000, 0.01);
                assertThat(receiver.next().answered()).isEqualTo(503);
            }
            receiver.calls().clear();
            receiver.answer(200);
            try (StartedDashboard dashboard = start(receiver, mail, certificate)) {
                List<WebhookReceiver.Call> closed = List.of(receiver.next(), receiver.next());
                WebhookReceiver.Call generic = generic(closed);
                assertThat(generic.key()).isEqualTo(incident + ":closed");
                assertThat(generic.body().get("verdict").asString()).isEqualTo("PASS");
                assertThat(mail.mails().poll(60, TimeUnit.SECONDS).text())
                        .contains("Subject: [Headroom] Closed: shop: fast is PASS", "In-Reply-To: <");
                Instant deadline = Instant.now().plusSeconds(60);
                while (!get(dashboard, "/api/v1/notifications").contains("\"waiting\":0")) {
                    assertThat(Instant.now()).isBefore(deadline);
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                assertThat(receiver.calls()).isEmpty();
            }
        }
        assertThat(output.getAll())
                .contains("notify.page: found ${NOT_SET}", "budgets.yaml:14")
                .doesNotContain("s3cret");
    }

    private static WebhookReceiver.Call generic(List<WebhookReceiver.Call> calls) {
        List<WebhookReceiver.Call> own = new ArrayList<>(calls);
        own.removeIf(call -> call.path().endsWith("/chat"));
        assertThat(own).hasSize(1);
        return own.get(0);
    }

    private static String get(StartedDashboard dashboard, String path) {
        return text(dashboard, path, "application/json");
    }

    private static String page(StartedDashboard dashboard, String path) {
        return text(dashboard, path, "text/html");
    }

    private static String text(StartedDashboard dashboard, String path, String accept) {
        return new String(
                dashboard
                        .client()
                        .get()
                        .uri(path)
                        .header("Accept", accept)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);
    }
}
