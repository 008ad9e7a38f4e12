package dev.headroom.demo.journal;

import dev.headroom.demo.paging.Cursor;
import dev.headroom.demo.paging.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.type.TypeReference;

/** As after the guide: its indexes, one statement a page, the four kinds of cached data with their times to live. */
@Component
class OptimisedJournal implements Journal {
    private static final Duration USER_PROFILE = Duration.ofHours(1);
    private static final Duration JOURNAL_LIST = Duration.ofMinutes(5);
    private static final Duration AI_RESPONSE = Duration.ofHours(24);
    private static final Duration CONVERSATION = Duration.ofMinutes(30);
    private static final int HISTORY = 50;

    private static final TypeReference<Page<Entry>> ENTRIES = new TypeReference<>() {};
    private static final TypeReference<Profile> A_PROFILE = new TypeReference<>() {};
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JournalCache cache;
    private final LanguageModel model;

    OptimisedJournal(JdbcClient jdbc, JournalCache cache, LanguageModel model) {
        this.jdbc = jdbc;
        this.cache = cache;
        this.model = model;
    }

    @Override
    public Page<Entry> entries(long userId, int page, int pageSize, @Nullable String cursor) {
        if (cursor != null) {
            return after(userId, Cursor.of(cursor), pageSize); // a deep page is seldom asked for twice
        }
        String key = "journal:list:%d:page:%d:size:%d".formatted(userId, page, pageSize);
        Optional<Page<Entry>> cached = cache.get(key, ENTRIES);
        if (cached.isPresent()) {
            return cached.get();
        }
        Page<Entry> read = numbered(userId, page, pageSize);
        cache.setMember(listsOf(userId), key, read, JOURNAL_LIST);
        return read;
    }

    @Override
    public long write(long userId, int mood, String text) {
        long id = jdbc.sql(
                        "INSERT INTO journal_entry (user_id, created_at, mood, text) VALUES (?, now(), ?, ?) RETURNING id")
                .params(userId, mood, text)
                .query(Long.class)
                .single();
        cache.forgetMembers(listsOf(userId));
        return id;
    }

    @Override
    public Optional<Profile> profile(long userId) {
        String key = "user:profile:" + userId;
        Optional<Profile> cached = cache.get(key, A_PROFILE);
        if (cached.isPresent()) {
            return cached;
        }
        Optional<Profile> read = jdbc.sql(
                        "SELECT user_id, traits, preferences, communication_style FROM user_profile WHERE user_id = ?")
                .param(userId)
                .query(Profile.class)
                .optional();
        read.ifPresent(profile -> cache.set(key, profile, USER_PROFILE));
        return read;
    }

    @Override
    public List<User> users(List<Long> ids) {
        return jdbc.sql("SELECT id, email, name FROM users WHERE id IN (:ids)")
                .param("ids", ids)
                .query(User.class)
                .list();
    }

    @Override
    public List<Line> conversation(long userId) {
        String key = "conversation:" + userId;
        return cache.get(key, LINES).orElseGet(() -> {
            List<Line> read = history(userId);
            cache.set(key, read, CONVERSATION);
            return read;
        });
    }

    /** Two statements and, for a message that this user has not sent in a day, the model; when that fails, words of our own. */
    @Override
    public Reply chat(long userId, String message) {
        String key = "ai:response:%d:%s".formatted(userId, hash(message));
        Optional<String> cached = cache.getText(key);
        Reply reply;
        if (cached.isPresent()) {
            reply = new Reply(cached.get(), true);
        } else {
            String traits = profile(userId).map(Profile::traits).orElse("");
            int before = history(userId).size();
            reply = ask(key, traits, before, message);
        }
        jdbc.sql("INSERT INTO conversation (user_id, created_at, role, text) VALUES (?, now(), 'user', ?)")
                .params(userId, message)
                .update();
        cache.forget("conversation:" + userId);
        return reply;
    }

    private Reply ask(String key, String traits, int before, String message) {
        try {
            String text = model.reply(traits, before, message);
            cache.setText(key, text, AI_RESPONSE);
            return new Reply(text, false);
        } catch (RestClientException failed) {
            return new Reply("I am listening. Tell me more; my answer will take a little longer today.", false);
        }
    }

    /** The page and the total by one statement: the window counts what the index found anyway. */
    private Page<Entry> numbered(long userId, int page, int pageSize) {
        record Counted(Entry entry, long total) {}
        long offset = (long) (page - 1) * pageSize;
        List<Counted> found = jdbc.sql(
                        "SELECT id, created_at, mood, text, count(*) OVER () AS total FROM journal_entry "
                                + "WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?")
                .params(userId, pageSize, offset)
                .query((row, number) -> new Counted(
                        new Entry(row.getLong(1), row.getString(2), row.getInt(3), row.getString(4)), row.getLong(5)))
                .list();
        long total = found.isEmpty() ? 0 : found.get(0).total();
        return Page.numbered(found.stream().map(Counted::entry).toList(), total, offset);
    }

    private Page<Entry> after(long userId, Cursor cursor, int limit) {
        record Found(Entry entry, OffsetDateTime at) {}
        List<Found> found = jdbc.sql("SELECT id, created_at, mood, text FROM journal_entry "
                        + "WHERE user_id = ? AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?")
                .params(userId, cursor.at(), cursor.id(), limit + 1)
                .query((row, number) -> {
                    OffsetDateTime at = row.getObject(2, OffsetDateTime.class);
                    return new Found(new Entry(row.getLong(1), at.toString(), row.getInt(3), row.getString(4)), at);
                })
                .list();
        Page<Found> page = Page.after(
                found, limit, last -> new Cursor(last.at(), last.entry().id()));
        return new Page<>(page.items().stream().map(Found::entry).toList(), null, page.hasMore(), page.nextCursor());
    }

    private List<Line> history(long userId) {
        return jdbc.sql("SELECT role, text FROM conversation WHERE user_id = ? ORDER BY created_at DESC LIMIT ?")
                .params(userId, HISTORY)
                .query(Line.class)
                .list();
    }

    private static String listsOf(long userId) {
        return "journal:lists:" + userId;
    }

    /** Of the words, however they are written. */
    private static String hash(String message) {
        return DigestUtils.md5DigestAsHex(
                message.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}
