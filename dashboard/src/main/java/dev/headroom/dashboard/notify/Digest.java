package dev.headroom.dashboard.notify;

import java.util.List;

/**
 * What one recipient is sent at once: a piece of news, or all of one service that one evaluation brought. Immutable.
 *
 * @param news of the same service, event and moment; at least one
 */
record Digest(List<News> news) {
    static Digest of(News news) {
        return new Digest(List.of(news));
    }

    News first() {
        return news.get(0);
    }

    boolean grouped() {
        return news.size() > 1;
    }

    /** The same for every try with the same news in it: receivers recognise repeats by it. */
    String id() {
        if (!grouped()) {
            return first().id();
        }
        List<String> incidents = news.stream().map(News::incident).toList();
        return first().id() + "+" + (news.size() - 1) + "-" + Integer.toHexString(incidents.hashCode());
    }
}
