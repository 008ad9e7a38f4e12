package dev.headroom.dashboard.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader finds more.
 *
 * @param base address under which people open the dashboard, without a slash at its end; empty when nobody said
 */
record Links(String base) {
    Links {
        base = base.strip().replaceFirst("/+$", "");
    }

    /** The budget's page as a path, or as an address when the base is known; null for a test. */
    @Nullable
    String budget(News news) {
        if (news.event() == News.Event.TEST) {
            return null;
        }
        String subject = news.subject().isEmpty() ? "" : "&subject=" + encoded(news.subject());
        return base + "/budgets/" + encoded(news.budget()) + "?service=" + encoded(news.service()) + subject;
    }

    /**
     * The budget's page, or the service's incidents where there are several; null when the base is not known: chats and e-mails
     * cannot use a path.
     */
    @Nullable
    String opened(Digest digest) {
        if (base.isEmpty()) {
            return null;
        }
        return digest.grouped()
                ? base + "/incidents?service=" + encoded(digest.first().service())
                : budget(digest.first());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
