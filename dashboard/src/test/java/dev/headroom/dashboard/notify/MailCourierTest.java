package dev.headroom.dashboard.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.TestCertificate;
import dev.headroom.dashboard.notify.NotifyProperties.Smtp;
import dev.headroom.dashboard.notify.NotifyProperties.Smtp.Security;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCourierTest {
    @TempDir
    static Path directory;

    private static SSLContext tls;

    @BeforeAll
    static void makeACertificate() throws Exception {
        tls = TestCertificate.in(directory).context();
    }

    private static MailCourier courier(SmtpServer server, Security security, String password, boolean trusting) {
        Smtp smtp = new Smtp(
                "localhost",
                server.port(),
                password.isEmpty() ? "" : "headroom@example.org",
                password,
                "",
                security,
                "");
        return new MailCourier(
                smtp,
                new Links("https://headroom.example.org"),
                Duration.ofSeconds(20),
                trusting ? tls.getSocketFactory() : null);
    }

    private static final Recipient TEAM = Samples.email("team@example.org");

    @Test
    void sendsOverStartTlsWithALogin() throws Exception {
        try (SmtpServer server = new SmtpServer(tls)) {
            MailCourier courier = courier(server, Security.STARTTLS, "s3cret", true);
            assertThat(courier.deliver(Digest.of(Samples.opened("2026:i 1")), TEAM))
                    .isEqualTo(new Outcome.Sent("taken by localhost"));
            SmtpServer.Mail mail = server.mails().poll(20, TimeUnit.SECONDS);
            assertThat(mail.encrypted()).isTrue();
            assertThat(mail.login()).isEqualTo("headroom@example.org");
            assertThat(mail.to()).isEqualTo("<team@example.org>");
            assertThat(mail.from()).startsWith("<headroom@example.org>");
            assertThat(mail.text())
                    .contains("Subject: [Headroom] FAIL shop: http-p95, GET /pets/{id}")
                    .contains("Message-ID: <2026-i-1.opened@headroom>")
                    .contains("Idempotency-Key: 2026:i 1:opened")
                    .contains("38 of 412 requests (9.2 %) took 100 ms or more")
                    .contains("https://headroom.example.org/budgets/http-p95?service=shop");
            courier.deliver(Digest.of(Samples.closed("2026:i 1")), TEAM);
            assertThat(server.mails().poll(20, TimeUnit.SECONDS).text())
                    .contains("In-Reply-To: <2026-i-1.opened@headroom>", "Closed: shop: http-p95");
        }
    }

    @Test
    void neverSpeaksInTheClearWhenTlsIsWanted() throws Exception {
        try (SmtpServer plain = new SmtpServer(null)) {
            assertThat(courier(plain, Security.STARTTLS, "s3cret", true).deliver(Digest.of(Samples.opened("i")), TEAM))
                    .isInstanceOf(Outcome.Later.class);
            assertThat(plain.mails()).isEmpty();
        }
    }

    @Test
    void aStrangersCertificateIsNotTrusted() throws Exception {
        try (SmtpServer server = new SmtpServer(tls)) {
            assertThat(courier(server, Security.STARTTLS, "s3cret", false)
                            .deliver(Digest.of(Samples.opened("i")), TEAM))
                    .isInstanceOf(Outcome.Later.class);
            assertThat(server.mails()).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() throws Exception {
        try (SmtpServer server = new SmtpServer(tls)) {
            Outcome outcome =
                    courier(server, Security.STARTTLS, "wr0ng", true).deliver(Digest.of(Samples.opened("i")), TEAM);
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(outcome.toString()).contains("user name or password").doesNotContain("wr0ng");
        }
    }

    @Test
    void theServersAnswerDecidesWhetherToTryAgain() throws Exception {
        try (SmtpServer server = new SmtpServer(null)) {
            MailCourier courier = courier(server, Security.NONE, "", false);
            server.answerRecipient("451 4.7.1 greylisted");
            assertThat(courier.deliver(Digest.of(Samples.opened("i")), TEAM))
                    .isEqualTo(new Outcome.Later("the mail server answered 451", Duration.ZERO));
            server.answerRecipient("550 5.1.1 nobody of that name");
            assertThat(courier.deliver(Digest.of(Samples.opened("i")), TEAM))
                    .isEqualTo(new Outcome.Refused("the mail server answered 550", ""));
            assertThat(courier.deliver(Digest.of(Samples.opened("i")), TEAM)).isInstanceOf(Outcome.Sent.class);
        }
    }

    @Test
    void namesFromServicesAddNoHeader() throws Exception {
        try (SmtpServer server = new SmtpServer(null)) {
            News hostile = Samples.opened("i", "ticket", "GET /\r\nBcc: all@example.org\r\n\r\nhello");
            assertThat(courier(server, Security.NONE, "", false).deliver(Digest.of(hostile), TEAM))
                    .isInstanceOf(Outcome.Sent.class);
            assertThat(server.mails().poll(20, TimeUnit.SECONDS).text().lines())
                    .noneMatch(line -> line.startsWith("Bcc:"));
        }
    }
}
