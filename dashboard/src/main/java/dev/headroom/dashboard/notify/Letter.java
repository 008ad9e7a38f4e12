package dev.headroom.dashboard.notify;

import java.time.Instant;

/**
 * News on their way to one recipient.
 *
 * @param recipient its id
 * @param created when it was put into the outbox
 */
record Letter(News news, String recipient, Instant created) {
    /** Of each there is one, however often the news comes. */
    String key() {
        return key(news.incident(), news.event(), recipient);
    }

    static String key(String incident, News.Event event, String recipient) {
        return incident + ":" + event.word() + ":" + recipient;
    }

    static boolean ofBegin(String key) {
        return key.contains(":" + News.Event.OPENED.word() + ":");
    }
}
