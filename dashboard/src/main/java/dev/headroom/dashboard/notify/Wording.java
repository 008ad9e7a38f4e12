package dev.headroom.dashboard.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people read, the same in chats and e-mails. Names come from services: control characters are taken out. Stateless. */
final class Wording {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Wording() {}

    static String title(Digest digest) {
        News first = digest.first();
        if (!digest.grouped()) {
            return title(first);
        }
        String about = plain(first.service()) + ": " + digest.news().size() + " alerts";
        return first.event() == News.Event.CLOSED ? "Closed: " + about : "FAIL " + about;
    }

    private static String title(News news) {
        String about = plain(news.service()) + ": " + plain(news.budget())
                + (news.subject().isEmpty() ? "" : ", " + plain(news.subject()));
        return switch (news.event()) {
            case OPENED -> news.verdict() + " " + about;
            case CLOSED -> "Closed: " + about + " is " + news.verdict();
            case TEST -> "Test of Headroom's notifications (" + news.severity() + ")";
        };
    }

    /** Sentences under the title: one for each of several news, and since when. */
    static List<String> lines(Digest digest) {
        News first = digest.first();
        if (!digest.grouped()) {
            return lines(first);
        }
        List<String> lines = new ArrayList<>();
        for (News news : digest.news()) {
            String subject = news.subject().isEmpty() ? "" : ", " + plain(news.subject());
            String sentence = news.sentence().isBlank() ? "" : ". " + plain(news.sentence());
            String runbook = news.runbook() == null ? "" : " (" + plain(news.runbook()) + ")";
            lines.add(news.verdict() + " " + plain(news.budget()) + subject + sentence + runbook);
        }
        lines.add("Severity " + first.severity() + ". " + (first.event() == News.Event.CLOSED ? "Closed at " : "Since ")
                + time(first.at()) + ".");
        return lines;
    }

    private static List<String> lines(News news) {
        List<String> lines = new ArrayList<>();
        if (!news.sentence().isBlank()) {
            lines.add(plain(news.sentence()));
        }
        if (news.event() == News.Event.TEST) {
            return lines;
        }
        if (news.target() != null) {
            lines.add("Target " + plain(news.target())
                    + (news.acceptable() == null ? "" : ", acceptable " + plain(news.acceptable()))
                    + (news.current() == null ? "" : "; now " + plain(news.current())));
        }
        Duration length = news.length();
        lines.add(
                length == null
                        ? "Severity " + news.severity() + ". Since " + time(news.opened()) + "."
                        : "Open for " + length(length) + ", from " + time(news.opened()) + " on.");
        if (news.owner() != null) {
            lines.add("Owner: " + plain(news.owner()));
        }
        if (news.runbook() != null) {
            lines.add("Runbook: " + plain(news.runbook()));
        }
        return lines;
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String length(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min";
    }

    /** On one line, and of bearable length. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .limit(500)
                .forEach(letter -> plain.appendCodePoint(
                        Character.isISOControl(letter) || Character.getType(letter) == Character.FORMAT
                                ? ' '
                                : letter));
        return plain.toString();
    }
}
