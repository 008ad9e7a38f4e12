package dev.headroom.demo.journal;

import dev.headroom.demo.paging.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** As before the guide: no index, no cache, pages counted and numbered, every message to the model. */
@Component
class NaiveJournal implements Journal {
    private final JdbcClient jdbc;
    private final LanguageModel model;

    NaiveJournal(JdbcClient jdbc, LanguageModel model) {
        this.jdbc = jdbc;
        this.model = model;
    }

    @Override
    public Page<Entry> entries(long userId, int page, int pageSize, @Nullable String cursor) {
        long total = jdbc.sql("SELECT count(*) FROM journal_naive.journal_entry WHERE user_id = ?")
                .param(userId)
                .query(Long.class)
                .single();
        long offset = (long) (page - 1) * pageSize;
        List<Entry> entries = jdbc.sql(
                        "SELECT id, created_at, mood, text FROM journal_naive.journal_entry WHERE user_id = ? "
                                + "ORDER BY created_at DESC LIMIT ? OFFSET ?")
                .params(userId, pageSize, offset)
                .query(Entry.class)
                .list();
        return Page.numbered(entries, total, offset);
    }

    @Override
    public long write(long userId, int mood, String text) {
        return jdbc.sql(
                        "INSERT INTO journal_naive.journal_entry (user_id, created_at, mood, text) VALUES (?, now(), ?, ?) RETURNING id")
                .params(userId, mood, text)
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<Profile> profile(long userId) {
        return jdbc.sql(
                        "SELECT user_id, traits, preferences, communication_style FROM journal_naive.user_profile WHERE user_id = ?")
                .param(userId)
                .query(Profile.class)
                .optional();
    }

    @Override
    public List<User> users(List<Long> ids) {
        return ids.stream()
                .flatMap(id -> jdbc
                        .sql("SELECT id, email, name FROM journal_naive.users WHERE id = ?")
                        .param(id)
                        .query(User.class)
                        // planted: n-plus-one GET /naive/users
                        .stream())
                .toList();
    }

    @Override
    public List<Line> conversation(long userId) {
        return jdbc.sql(
                        "SELECT role, text FROM journal_naive.conversation WHERE user_id = ? ORDER BY created_at DESC LIMIT 50")
                .param(userId)
                .query(Line.class)
                .list();
    }

    /** Three statements and the model, whose failure is the visitor's. */
    @Override
    public Reply chat(long userId, String message) {
        String traits = profile(userId).map(Profile::traits).orElse("");
        int before = conversation(userId).size();
        String reply = model.reply(traits, before, message);
        jdbc.sql(
                        "INSERT INTO journal_naive.conversation (user_id, created_at, role, text) VALUES (?, now(), 'user', ?)")
                .params(userId, message)
                .update();
        return new Reply(reply, false);
    }
}
