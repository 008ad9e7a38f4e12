package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.budget.file.AlertTarget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** News and recipients for tests. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Samples() {}

    static News opened(String incident) {
        return opened(incident, "page", "GET /pets/{id}");
    }

    static News opened(String incident, String severity, String subject) {
        return news(incident, News.Event.OPENED, severity, subject, NOON, null);
    }

    static News closed(String incident) {
        return news(incident, News.Event.CLOSED, "page", "GET /pets/{id}", NOON, NOON.plusSeconds(600));
    }

    static News news(
            String incident,
            News.Event event,
            String severity,
            String subject,
            Instant opened,
            @Nullable Instant closed) {
        return new News(
                incident,
                event,
                "shop",
                "http-p95",
                "95 of 100 requests",
                subject,
                severity,
                event == News.Event.OPENED ? "FAIL" : "PASS",
                "38 of 412 requests (9.2 %) took 100 ms or more; 5 % allowed; p = 0.0003",
                "130 ms",
                "p95(duration) < 100ms",
                "p95(duration) < 1s",
                412,
                38,
                opened,
                closed,
                "https://wiki.example.org/slow",
                null);
    }

    static Recipient webhook(String address, AlertTarget.Format format) {
        return new Recipient(
                "page/webhook/1",
                "id-" + format,
                new AlertTarget(AlertTarget.Channel.WEBHOOK, address, format, "budgets.yaml:3"),
                address,
                "http://127.0.0.1/…",
                null);
    }

    static Recipient email(String address) {
        return new Recipient(
                "ticket/email/1",
                "id-mail",
                new AlertTarget(AlertTarget.Channel.EMAIL, address, AlertTarget.Format.JSON, "budgets.yaml:4"),
                address,
                address,
                null);
    }
}
