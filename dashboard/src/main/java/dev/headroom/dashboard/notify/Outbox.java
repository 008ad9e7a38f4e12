package dev.headroom.dashboard.notify;

import dev.headroom.dashboard.store.SettingStore;
import dev.headroom.dashboard.store.StoreUnusableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps letters on disk from before their first try until they were delivered, and remembers for a while which ones were. Where the
 * disk refuses, letters go out all the same: a full disk is a reason to call somebody. Thread-safe; blocks on disk.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final String KIND = "notification";
    private static final String MARK = "notification-mark";
    private static final String UNTIL = "until";
    private static final Duration REMEMBERED = Duration.ofDays(3);
    /** The end of an incident goes to those who know of its begin. */
    private static final Duration BEGIN_REMEMBERED = Duration.ofDays(90);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param letter null once it was delivered or given up */
    record Kept(@Nullable Letter letter, Instant at) {}

    private final SettingStore store;
    private final InstantSource clock;
    private final int most;
    // Guarded by this.
    private final Map<String, Kept> kept = new HashMap<>();
    private final List<Letter> found = new ArrayList<>();
    private @Nullable Instant until;
    private int waiting;

    /**
     * Reads what an earlier run left.
     *
     * @param most letters that may wait
     */
    Outbox(SettingStore store, InstantSource clock, int most) {
        this.store = store;
        this.clock = clock;
        this.most = most;
        store.settings(KIND).forEach(this::load);
        found.sort(Comparator.comparing(letter -> letter.news().at()));
        String mark = store.settings(MARK).get(UNTIL);
        try {
            until = mark == null ? null : Instant.parse(mark);
        } catch (DateTimeParseException damaged) {
            LOG.warn(
                    "The outbox' mark \"{}\" is no time; news from while the dashboard was down are not looked for",
                    mark);
        }
    }

    private void load(String key, String text) {
        try {
            Kept read = JSON.readValue(text, Kept.class);
            kept.put(key, read);
            if (read.letter() != null) {
                waiting++;
                found.add(read.letter());
            }
        } catch (JacksonException damaged) {
            LOG.warn("A kept notification cannot be read and is left out: {}", key);
        }
    }

    /** Letters that an earlier run could not deliver, oldest news first; at the second call none. */
    synchronized List<Letter> found() {
        List<Letter> taken = List.copyOf(found);
        found.clear();
        return taken;
    }

    /**
     * Whether the recipient is to hear of it: of an end only who was told of the begin, unless both happened after the newest news
     * that was taken in, while nobody here could tell.
     */
    synchronized boolean concerns(News news, String recipient) {
        return news.event() != News.Event.CLOSED
                || kept.containsKey(Letter.key(news.incident(), News.Event.OPENED, recipient))
                || (until != null && news.opened().isAfter(until));
    }

    /** What became of a letter that was to be added. */
    enum Addition {
        NEW,
        KNOWN,
        FULL
    }

    /** Durable on return, unless the disk refuses. */
    synchronized Addition add(Letter letter) {
        if (kept.containsKey(letter.key())) {
            return Addition.KNOWN;
        }
        if (waiting >= most) {
            return Addition.FULL;
        }
        waiting++;
        keep(letter.key(), new Kept(letter, letter.created()));
        return Addition.NEW;
    }

    /** It was delivered, or given up: it is not sent again, also when its news comes once more. */
    synchronized void done(Letter letter) {
        Kept before = kept.get(letter.key());
        if (before != null && before.letter() != null) {
            waiting--;
        }
        keep(letter.key(), new Kept(null, clock.instant()));
        forget();
    }

    /** News up to this time has been taken in. */
    synchronized void mark(Instant time) {
        if (until == null || time.isAfter(until)) {
            until = time;
            write(() -> store.put(MARK, UNTIL, time.toString()));
        }
    }

    synchronized int waiting() {
        return waiting;
    }

    private void keep(String key, Kept value) {
        kept.put(key, value);
        write(() -> store.put(KIND, key, JSON.writeValueAsString(value)));
    }

    private void forget() {
        Instant now = clock.instant();
        List<String> old = kept.entrySet().stream()
                .filter(each -> each.getValue().letter() == null)
                .filter(each -> each.getValue()
                        .at()
                        .plus(Letter.ofBegin(each.getKey()) ? BEGIN_REMEMBERED : REMEMBERED)
                        .isBefore(now))
                .map(Map.Entry::getKey)
                .toList();
        for (String key : old) {
            kept.remove(key);
            write(() -> store.remove(KIND, key));
        }
    }

    private static void write(Runnable change) {
        try {
            change.run();
        } catch (StoreUnusableException full) {
            LOG.warn(
                    "The outbox cannot be written ({}); notifications are sent all the same, perhaps twice after a restart",
                    String.valueOf(full.getMessage()));
        }
    }
}
